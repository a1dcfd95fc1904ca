import type { AccountKey, Tx } from '@tenure/platform';
import type { KnownScore } from './fresh-scores.domain';

export class KnownScoresReadModel {
  /** By `tenant:account`. */
  async of(tx: Tx, keys: readonly AccountKey[]): Promise<Map<string, KnownScore>> {
    const rows = await tx.query<{ tenant_id: string; account_id: string; score_version: string; band: string }>(
      `select p.tenant_id, p.account_id, p.score_version, p.band from portfolio p
       join unnest($1::text[], $2::text[]) as k(tenant_id, account_id) using (tenant_id, account_id)`,
      [keys.map((key) => key.tenantId), keys.map((key) => key.accountId)],
    );
    return new Map(
      rows.map((row) => [`${row.tenant_id}:${row.account_id}`, { version: Number(row.score_version), band: row.band }]),
    );
  }
}
