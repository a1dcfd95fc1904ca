import type { Tx } from '@tenure/platform';
import type { TimelineEntry } from './timeline-entry.domain';

export class TimelineRepository {
  /** A line that is there already stays as it is. */
  async add(tx: Tx, entries: readonly TimelineEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await tx.query(
      `insert into timeline (tenant_id, account_id, item_id, at, kind, title, detail, severity, link)
       select r."tenantId", r."accountId", r."itemId", r.at, r.kind, r.title, r.detail, r.severity, r.link
       from jsonb_to_recordset($1::jsonb) as r("tenantId" text, "accountId" text, "itemId" text, at timestamptz,
         kind text, title text, detail text, severity text, link text)
       on conflict do nothing`,
      [JSON.stringify(entries)],
    );
  }

  /** Writes a line anew where it is there already: notes change. */
  async put(tx: Tx, entry: TimelineEntry): Promise<void> {
    await this.remove(tx, entry);
    await this.add(tx, [entry]);
  }

  async remove(
    tx: Tx,
    { tenantId, accountId, itemId }: Pick<TimelineEntry, 'tenantId' | 'accountId' | 'itemId'>,
  ): Promise<void> {
    await tx.query('delete from timeline where tenant_id = $1 and account_id = $2 and item_id = $3', [
      tenantId,
      accountId,
      itemId,
    ]);
  }
}
