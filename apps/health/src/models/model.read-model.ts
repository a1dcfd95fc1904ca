import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';
import { defaultModel, type Model, type ModelFile, withVersion } from '@tenure/scoring';

/** Tells every process of the service that a tenant's model is another one; the payload is the tenant. */
export const modelsChannel = 'tenure_models';

/** A model that was put in force. */
export interface Publication {
  readonly publication: number;
  readonly version: string;
  readonly note: string;
  readonly publishedBy: string;
  readonly publishedAt: Date;
}

/** A model as the list gives it. */
export interface KeptModel {
  readonly version: string;
  readonly name: string;
  readonly number: number;
  readonly addedBy: string;
  readonly addedAt: Date;
}

const publication = `publication, version, note, published_by as "publishedBy", published_at as "publishedAt"`;

/** Models of a tenant. The model that ships is in force until the tenant publishes one of its own, and can always be named. */
@Injectable()
export class ModelReadModel {
  inForce(tx: Tx, tenantId: string): Promise<Model> {
    return this.inForceAt(tx, tenantId, null);
  }

  /** The model that was in force at an instant; null: the one that is. */
  async inForceAt(tx: Tx, tenantId: string, at: Date | null): Promise<Model> {
    const rows = await tx.query<{ file: ModelFile }>(
      `select m.file from model_publications p join models m using (tenant_id, version)
       where p.tenant_id = $1 and ($2::timestamptz is null or p.published_at <= $2)
       order by p.publication desc limit 1`,
      [tenantId, at],
    );
    return rows[0] ? withVersion(rows[0].file) : defaultModel();
  }

  async byVersion(tx: Tx, tenantId: string, version: string): Promise<Model | undefined> {
    const rows = await tx.query<{ file: ModelFile }>('select file from models where tenant_id = $1 and version = $2', [
      tenantId,
      version,
    ]);
    if (rows[0]) return withVersion(rows[0].file);
    return version === defaultModel().version ? defaultModel() : undefined;
  }

  /** The version that holds this name and number, whatever its content. */
  async versionOf(tx: Tx, tenantId: string, name: string, number: number): Promise<string | undefined> {
    const shipped = defaultModel();
    if (shipped.name === name && shipped.number === number) return shipped.version;
    const rows = await tx.query<{ version: string }>(
      'select version from models where tenant_id = $1 and name = $2 and number = $3',
      [tenantId, name, number],
    );
    return rows[0]?.version;
  }

  list(tx: Tx, tenantId: string): Promise<KeptModel[]> {
    return tx.query<KeptModel>(
      `select version, name, number, added_by as "addedBy", added_at as "addedAt" from models
       where tenant_id = $1 order by added_at desc, version`,
      [tenantId],
    );
  }

  /** Accounts that were judged by another model last. */
  async waiting(tx: Tx, tenantId: string, version: string): Promise<number> {
    const [row] = await tx.query<{ count: string }>(
      `select count(*) as count from accounts where tenant_id = $1 and merged_into is null and not importing
         and health is not null and health->>'modelVersion' <> $2`,
      [tenantId, version],
    );
    return Number(row?.count ?? 0);
  }

  /** Newest first. */
  publications(tx: Tx, tenantId: string): Promise<Publication[]> {
    return tx.query<Publication>(
      `select ${publication} from model_publications where tenant_id = $1 order by publication desc`,
      [tenantId],
    );
  }
}
