import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';
import type { Learned } from '@tenure/scoring';

/** Who did something, and when. */
export interface Deed {
  readonly by: string;
  readonly at: Date;
}

@Injectable()
export class ChurnModelRepository {
  /** Keeps what was learned; the same data give the same version again, then only its date is newer. */
  async add(tx: Tx, tenantId: string, version: string, { model, card }: Learned, at: Date): Promise<void> {
    await tx.query(
      `insert into churn_models (tenant_id, version, model, card, learned_at) values ($1, $2, $3::jsonb, $4::jsonb, $5)
       on conflict (tenant_id, version) do update set card = excluded.card, learned_at = excluded.learned_at`,
      [tenantId, version, JSON.stringify(model), JSON.stringify(card), at],
    );
  }

  async publish(tx: Tx, tenantId: string, version: string | null, note: string, { by, at }: Deed): Promise<number> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('churn:' || $1, 0))`, [tenantId]);
    const [row] = await tx.query<{ publication: number }>(
      `insert into churn_publications (tenant_id, publication, version, note, published_by, published_at)
       select $1, coalesce(max(publication), 0) + 1, $2, $3, $4, $5 from churn_publications where tenant_id = $1
       returning publication`,
      [tenantId, version, note, by, at],
    );
    return row?.publication ?? 0;
  }
}
