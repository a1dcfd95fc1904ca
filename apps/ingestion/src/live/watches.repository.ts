import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

import type { Watch } from './watch-list.domain';

export const watchesChannel = 'tenure_watches';

interface Row {
  tenant_id: string;
  source_id: string;
  type: string | null;
  account: string | null;
  user: string | null;
  until: Date;
}

/** Writes who watches what; every process is told with the commit. */
@Injectable()
export class WatchesRepository {
  /** Makes or renews a watch. Answers false where the tenant has too many others. */
  async stand(tx: Tx, watchId: string, watch: Watch, most: number, now: Date): Promise<boolean> {
    const rows = await tx.query(
      `insert into system.watches as w (watch_id, tenant_id, source_id, type, account, "user", until)
       select $1, $2, $3, $4, $5, $6, $7
       where (select count(*) from system.watches where tenant_id = $2 and until > $8 and watch_id <> $1) < $9
       on conflict (watch_id) do update set until = excluded.until returning 1 as stands`,
      [
        watchId,
        watch.tenantId,
        watch.sourceId,
        watch.type,
        watch.account,
        watch.user,
        new Date(watch.untilMs),
        now,
        most,
      ],
    );
    await tx.query(`select pg_notify('${watchesChannel}', '')`);
    return rows.length > 0;
  }

  async standing(tx: Tx, now: Date): Promise<Watch[]> {
    const rows = await tx.query<Row>(
      'select tenant_id, source_id, type, account, "user", until from system.watches where until > $1',
      [now],
    );
    return rows.map((row) => ({
      tenantId: row.tenant_id,
      sourceId: row.source_id,
      type: row.type,
      account: row.account,
      user: row.user,
      untilMs: row.until.getTime(),
    }));
  }

  /** Tenants whose watches are over since `before`; the watches are taken out. */
  async takeOver(tx: Tx, before: Date): Promise<string[]> {
    const rows = await tx.query<{ tenant_id: string }>(
      'delete from system.watches where until < $1 returning tenant_id',
      [before],
    );
    return [...new Set(rows.map((row) => row.tenant_id))];
  }
}
