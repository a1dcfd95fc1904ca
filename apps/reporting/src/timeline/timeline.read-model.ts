import type { Severity, TimelineItem, TimelineKind } from '@tenure/contracts';
import { decodeCursor, pageOf, type Page, type Tx } from '@tenure/platform';

interface TimelineRecord {
  readonly item_id: string;
  readonly at: Date;
  readonly kind: TimelineKind;
  readonly title: string;
  readonly detail: string | null;
  readonly severity: Severity | null;
  readonly link: string | null;
}

/** The one feed of what happened to an account, the latest first. */
export class TimelineReadModel {
  async list(
    tx: Tx,
    account: { tenantId: string; accountId: string },
    limit: number,
    cursor?: string,
  ): Promise<Page<TimelineItem>> {
    const [at = null, id = null] = decodeCursor(cursor, 2) ?? [];
    const rows = await tx.query<TimelineRecord>(
      `select item_id, at, kind, title, detail, severity, link from timeline
       where tenant_id = $1 and account_id = $2 and ($3::timestamptz is null or (at, item_id) < ($3::timestamptz, $4::text))
       order by at desc, item_id desc limit $5`,
      [account.tenantId, account.accountId, at, id, limit + 1],
    );
    const page = pageOf(rows, limit, (last) => [last.at.toISOString(), last.item_id]);
    return { items: page.items.map(itemOf), nextCursor: page.nextCursor };
  }
}

function itemOf({ item_id: id, at, kind, title, detail, severity, link }: TimelineRecord): TimelineItem {
  return { id, at: at.toISOString(), kind, title, detail, severity, link };
}
