import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

/** Which tenant's cause. */
export interface CauseKey {
  readonly tenantId: string;
  readonly causeId: string;
}

/** An alert that may have the same cause. */
export interface CauseMember extends CauseKey {
  readonly alertId: string;
}

const mostMembers = 100;

/** Finds what has the same cause: alerts that are not over and were opened within the last two weeks. */
@Injectable()
export class AlertCausesReadModel {
  async members(tx: Tx, keys: readonly CauseKey[], now: Date): Promise<CauseMember[]> {
    if (keys.length === 0) return [];
    const rows = await tx.query<{ tenant_id: string; cause_id: string; alert_id: string }>(
      `select k.tenant_id, k.cause_id, m.alert_id
       from (select distinct * from unnest($1::text[], $2::text[]) as k(tenant_id, cause_id)) k
       cross join lateral (
         select a.alert_id from alerts a where a.tenant_id = k.tenant_id and a.cause_id = k.cause_id
           and a.status <> 'resolved' and a.opened_at > $3::timestamptz - interval '14 days'
         order by a.opened_at desc, a.alert_id limit $4) m`,
      [keys.map((key) => key.tenantId), keys.map((key) => key.causeId), now, mostMembers],
    );
    return rows.map((row) => ({ tenantId: row.tenant_id, causeId: row.cause_id, alertId: row.alert_id }));
  }
}
