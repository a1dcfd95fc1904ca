import { Injectable } from '@nestjs/common';
import { type AccountKey, type Tx } from '@tenure/platform';
import type { Model } from '@tenure/scoring';

import { modelsChannel } from './model.read-model';

/** Who did something, and when. */
export interface Deed {
  readonly by: string;
  readonly at: Date;
}

@Injectable()
export class PublicationRepository {
  /** Keeps a model; the same content again changes nothing. */
  async add(tx: Tx, tenantId: string, model: Model, { by, at }: Deed): Promise<void> {
    const { version, ...file } = model;
    await tx.query(
      `insert into models (tenant_id, version, name, number, file, added_by, added_at) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (tenant_id, version) do nothing`,
      [tenantId, version, file.name, file.number, file, by, at],
    );
  }

  /** Puts a version in force; publications of a tenant are numbered one after the other. */
  async publish(tx: Tx, tenantId: string, version: string, note: string, { by, at }: Deed): Promise<number> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('models:' || $1, 0))`, [tenantId]);
    const [row] = await tx.query<{ publication: number }>(
      `insert into model_publications (tenant_id, publication, version, note, published_by, published_at)
       select $1, coalesce(max(publication), 0) + 1, $2, $3, $4, $5 from model_publications where tenant_id = $1
       returning publication`,
      [tenantId, version, note, by, at],
    );
    await tx.query(`select pg_notify('${modelsChannel}', $1)`, [tenantId]);
    return row?.publication ?? 0;
  }

  /** The accounts that are judged: not merged away, seen, and not being imported. */
  async judged(tx: Tx, tenantId: string): Promise<AccountKey[]> {
    const rows = await tx.query<{ account_id: string }>(
      `select account_id from accounts where tenant_id = $1 and merged_into is null and first_seen is not null
         and not importing order by account_id`,
      [tenantId],
    );
    return rows.map((row) => ({ tenantId, accountId: row.account_id }));
  }
}
