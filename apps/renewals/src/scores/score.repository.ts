import { Injectable } from '@nestjs/common';
import type { Envelope, HealthScoreChanged } from '@tenure/contracts';
import { type AccountKey, accountName, type Tx } from '@tenure/platform';
import type { KnownHealth } from '../renewals/forecast.domain';
import type { UsedScore } from './noticeable-score.domain';

/** The score that the last forecast of an account used. */
@Injectable()
export class ScoreRepository {
  async of(tx: Tx, keys: readonly AccountKey[]): Promise<Map<string, UsedScore & { readonly health: KnownHealth }>> {
    const rows = await tx.query<{
      tenant_id: string;
      account_id: string;
      version: string;
      score: string | null;
      band: string;
      data: KnownHealth;
    }>(
      `select h.* from health h
       join unnest($1::text[], $2::text[]) as k(tenant_id, account_id) using (tenant_id, account_id)`,
      [keys.map((key) => key.tenantId), keys.map((key) => key.accountId)],
    );
    return new Map(
      rows.map((row) => [
        accountName({ tenantId: row.tenant_id, accountId: row.account_id }),
        {
          version: Number(row.version),
          score: row.score === null ? null : Number(row.score),
          band: row.band,
          health: row.data,
        },
      ]),
    );
  }

  async save(tx: Tx, events: readonly Envelope<HealthScoreChanged>[]): Promise<void> {
    for (const { tenantid, subject, data } of events) {
      const { score, band, asOf, version } = data;
      const contributions = data.contributions.map((one) => ({ ...one, evidence: [] }));
      await tx.query(
        `insert into health as h (tenant_id, account_id, version, score, band, data) values ($1, $2, $3, $4, $5, $6)
         on conflict (tenant_id, account_id) do update set version = excluded.version, score = excluded.score,
           band = excluded.band, data = excluded.data where excluded.version > h.version`,
        [tenantid, subject, version, score, band, { score, band, asOf, contributions }],
      );
    }
  }
}
