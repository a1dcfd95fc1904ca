import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';
import { type ChurnModel, type ModelCard, priorChurnModel } from '@tenure/scoring';

/** A model that was learned from the tenant's outcomes; `model` is null where the data showed no skill. */
export interface LearnedChurnModel {
  readonly version: string;
  readonly model: ChurnModel | null;
  readonly card: ModelCard;
  readonly learnedAt: Date;
}

/** Every time a model was put in force; version null: the experts' prior. */
export interface ChurnPublication {
  readonly publication: number;
  readonly version: string | null;
  readonly note: string;
  readonly publishedBy: string;
  readonly publishedAt: Date;
}

const learned = 'version, model, card, learned_at as "learnedAt"';

@Injectable()
export class ChurnModelReadModel {
  /** The prior is in force until somebody adopts a model; a fit is never adopted silently. */
  async inForce(tx: Tx, tenantId: string): Promise<ChurnModel> {
    const rows = await tx.query<{ model: ChurnModel | null }>(
      `select m.model from churn_publications p left join churn_models m using (tenant_id, version)
       where p.tenant_id = $1 order by p.publication desc limit 1`,
      [tenantId],
    );
    return rows[0]?.model ?? priorChurnModel();
  }

  async byVersion(tx: Tx, tenantId: string, version: string): Promise<LearnedChurnModel | undefined> {
    const rows = await tx.query<LearnedChurnModel>(
      `select ${learned} from churn_models where tenant_id = $1 and version = $2`,
      [tenantId, version],
    );
    return rows[0];
  }

  async newest(tx: Tx, tenantId: string): Promise<LearnedChurnModel | undefined> {
    const rows = await tx.query<LearnedChurnModel>(
      `select ${learned} from churn_models where tenant_id = $1 order by learned_at desc limit 1`,
      [tenantId],
    );
    return rows[0];
  }

  /** Newest first. */
  publications(tx: Tx, tenantId: string): Promise<ChurnPublication[]> {
    return tx.query<ChurnPublication>(
      `select publication, version, note, published_by as "publishedBy", published_at as "publishedAt"
       from churn_publications where tenant_id = $1 order by publication desc`,
      [tenantId],
    );
  }
}
