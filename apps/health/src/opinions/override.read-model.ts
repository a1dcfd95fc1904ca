import { Injectable } from '@nestjs/common';
import { type AccountKey, accountName, type Tx } from '@tenure/platform';

import type { HeldOverride } from './override.domain';

interface OverrideRow {
  tenant_id: string;
  account_id: string;
  override_id: string;
  score: string | null;
  band: HeldOverride['band'];
  reason: string;
  by_name: string;
  at: Date;
  expires_at: Date;
}

@Injectable()
export class OverrideReadModel {
  /** The newest override of each account that nobody ended; whether it has expired is for the reader's clock to say. */
  async load(tx: Tx, keys: readonly AccountKey[]): Promise<Map<string, HeldOverride>> {
    const rows = await tx.query<OverrideRow>(
      `select distinct on (r.tenant_id, r.account_id) r.* from overrides r
       join unnest($1::text[], $2::text[]) as k(tenant_id, account_id) using (tenant_id, account_id)
       where r.ended_at is null order by r.tenant_id, r.account_id, r.at desc`,
      [keys.map((key) => key.tenantId), keys.map((key) => key.accountId)],
    );
    return new Map(
      rows.map((row) => [accountName({ tenantId: row.tenant_id, accountId: row.account_id }), held(row)] as const),
    );
  }

  /** The override that held at an instant. */
  async inForceAt(tx: Tx, { tenantId, accountId }: AccountKey, at: Date): Promise<HeldOverride | undefined> {
    const rows = await tx.query<OverrideRow>(
      `select * from overrides where tenant_id = $1 and account_id = $2 and at <= $3 and expires_at > $3
         and (ended_at is null or ended_at > $3) order by at desc limit 1`,
      [tenantId, accountId, at],
    );
    return rows[0] && held(rows[0]);
  }
}

function held(row: OverrideRow): HeldOverride {
  return {
    overrideId: row.override_id,
    score: row.score === null ? null : Number(row.score),
    band: row.band,
    reason: row.reason,
    by: row.by_name,
    at: row.at.getTime(),
    expiresAt: row.expires_at.getTime(),
  };
}
