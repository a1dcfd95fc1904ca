import { Injectable } from '@nestjs/common';
import { type AccountKey, Clock, Database, Problem } from '@tenure/platform';
import {
  asOf,
  type ChurnProbability,
  churnProbability,
  contractTerms,
  contractTypeOf,
  features,
  zonedDay,
} from '@tenure/scoring';

import { HealthReadModel } from '../score/health.read-model';
import { ChurnModelReadModel, type ChurnPublication, type LearnedChurnModel } from './churn-model.read-model';

/** `GET /api/v1/accounts/{id}/churn`: the parts add up to the log-odds within 1e-9. */
export interface AccountChurnBody extends ChurnProbability {
  /** Why no number is shown; null where one is. */
  readonly abstained: string | null;
  readonly asOf: string;
}

/** `GET /api/v1/churn-models` */
export interface ChurnModelsBody {
  readonly inForce: { readonly version: string; readonly basis: 'prior' | 'fitted' };
  /** The newest one that was learned, whether adopted or not. */
  readonly newest: Omit<LearnedChurnModel, 'model'> | null;
  readonly adoptable: boolean;
  readonly publications: readonly ChurnPublication[];
}

@Injectable()
export class ReadChurnHandler {
  constructor(
    private readonly database: Database,
    private readonly health: HealthReadModel,
    private readonly models: ChurnModelReadModel,
    private readonly clock: Clock,
  ) {}

  account(key: AccountKey): Promise<AccountChurnBody> {
    return this.database.read([key.tenantId], async (tx) => {
      const state = await this.health.state(tx, key);
      if (!state) throw new Problem('not-found', `There is no account ${key.accountId}.`);
      const { history } = state;
      const now = this.clock.now();
      const when = asOf(now.getTime());
      const terms = contractTerms(history, when);
      const contract = contractTypeOf(history, terms, zonedDay(now.getTime(), history.timeZone));
      const model = await this.models.inForce(tx, key.tenantId);
      const said = churnProbability(features(history, when), terms, model, contract ? { contract } : {});
      const newest = await this.models.newest(tx, key.tenantId);
      const noSkill = model.basis === 'prior' && newest?.card.abstention?.why === 'no-skill';
      return { ...said, abstained: noSkill ? (newest?.card.verdict ?? null) : null, asOf: now.toISOString() };
    });
  }

  list(tenant: string): Promise<ChurnModelsBody> {
    return this.database.read([tenant], async (tx) => {
      const model = await this.models.inForce(tx, tenant);
      const newest = await this.models.newest(tx, tenant);
      return {
        inForce: { version: model.version, basis: model.basis },
        newest: newest ? { version: newest.version, card: newest.card, learnedAt: newest.learnedAt } : null,
        adoptable: newest?.model?.basis === 'fitted' && newest.version !== model.version,
        publications: await this.models.publications(tx, tenant),
      };
    });
  }
}
