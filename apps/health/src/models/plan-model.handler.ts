import { Injectable } from '@nestjs/common';
import { type CallerIdentity, Database, Problem, type Tx } from '@tenure/platform';
import { defaultModel, type Model } from '@tenure/scoring';

import { AskStudyHandler } from '../studies/ask-study.handler';
import type { Study } from '../studies/study.domain';
import { StudyKinds } from '../studies/study-kinds.handler';
import { TenantFactsReadModel } from '../tenants/tenant-facts.read-model';
import { ModelReadModel } from './model.read-model';
import { PlanBuilder } from './plan.domain';

const planKind = 'model-plan';

/** Which model, against the one that was in force when it was asked. */
interface PlanQuestion {
  readonly version: string;
  readonly against: string;
}

/** Plans: what publishing a model would do, worked out as a study. */
@Injectable()
export class PlanModelHandler {
  constructor(
    private readonly database: Database,
    private readonly models: ModelReadModel,
    private readonly tenants: TenantFactsReadModel,
    private readonly studies: AskStudyHandler,
    kinds: StudyKinds,
  ) {
    kinds.register(planKind, (tx, tenant, question, now) => this.begin(tx, tenant, question, now));
  }

  /** Throws `not-found` for a version nobody added. */
  ask(caller: CallerIdentity, version: string): Promise<Study> {
    return this.database.write([caller.tenant], async (tx) => {
      if (!(await this.models.byVersion(tx, caller.tenant, version)))
        throw new Problem('not-found', `There is no model ${version}.`);
      const against = (await this.models.inForce(tx, caller.tenant)).version;
      const question: PlanQuestion = { version, against };
      return this.studies.ask(tx, caller.tenant, caller.name, planKind, question);
    });
  }

  private async begin(tx: Tx, tenant: string, { version, against }: PlanQuestion, now: Date): Promise<PlanBuilder> {
    const model = async (name: string): Promise<Model> =>
      (await this.models.byVersion(tx, tenant, name)) ?? defaultModel();
    const models = { before: await model(against), after: await model(version) };
    const comparison = await this.tenants.comparison(tx, tenant);
    const parameters = await this.tenants.parameters(tx, tenant);
    return new PlanBuilder(models, comparison, now.getTime(), parameters);
  }
}
