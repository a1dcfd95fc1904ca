import { Injectable } from '@nestjs/common';
import { Clock, Database, Jobs, type Tx } from '@tenure/platform';
import { defaultModel, type Model } from '@tenure/scoring';

import { AccountStatesReadModel } from '../history/account-states.read-model';
import { TenantFactsReadModel } from '../tenants/tenant-facts.read-model';
import { ModelReadModel } from './model.read-model';
import { PlanBuilder } from './plan.domain';
import { type PlanOrder, planQueue } from './plan-model.handler';
import { PlanRepository } from './plan.repository';

const atOnce = 50;

/** What a plan is worked out from. */
@Injectable()
export class PlanSources {
  constructor(
    readonly models: ModelReadModel,
    readonly states: AccountStatesReadModel,
    readonly tenants: TenantFactsReadModel,
  ) {}
}

/** Works a plan out: every account by both models, portion by portion, as of one instant; nothing is written but the plan. */
@Injectable()
export class PlanModelJob {
  constructor(
    jobs: Jobs,
    private readonly database: Database,
    private readonly plans: PlanRepository,
    private readonly sources: PlanSources,
    private readonly clock: Clock,
  ) {
    jobs.work<PlanOrder>(planQueue, (order) => this.run(order));
  }

  private async run({ tenant, planId }: PlanOrder): Promise<void> {
    try {
      await this.work(tenant, planId);
    } catch (error) {
      const result = { error: 'The plan could not be worked out; ask for it again.' };
      await this.database.write([tenant], (tx) => this.plans.end(tx, tenant, planId, 'failed', result));
      throw error;
    }
  }

  private async work(tenant: string, planId: string): Promise<void> {
    const plan = await this.database.read([tenant], (tx) => this.plans.find(tx, tenant, planId));
    if (!plan) return;
    const at = this.clock.now().getTime();
    const { models, comparison, total } = await this.database.read([tenant], (tx) => this.prepare(tx, tenant, plan));
    const builder = new PlanBuilder(models, comparison);
    let [done, last] = [0, ''];
    for (;;) {
      const told = await this.database.write([tenant], (tx) => this.plans.progress(tx, tenant, planId, done, total));
      if (!told) return;
      const keys = await this.database.read([tenant], (tx) => this.judge(tx, tenant, last, builder, at));
      if (keys.length === 0) break;
      done += keys.length;
      last = keys.at(-1) ?? last;
    }
    await this.database.write([tenant], (tx) => this.plans.end(tx, tenant, planId, 'done', builder.finish()));
  }

  private async prepare(tx: Tx, tenant: string, plan: { version: string; against: string }) {
    const model = async (version: string): Promise<Model> =>
      (await this.sources.models.byVersion(tx, tenant, version)) ?? defaultModel();
    return {
      models: { before: await model(plan.against), after: await model(plan.version) },
      comparison: await this.sources.tenants.comparison(tx, tenant),
      total: await this.plans.countAccounts(tx, tenant),
    };
  }

  private async judge(tx: Tx, tenant: string, last: string, builder: PlanBuilder, at: number): Promise<string[]> {
    const ids = await this.plans.accounts(tx, tenant, last, atOnce);
    const states = await this.sources.states.load(
      tx,
      ids.map((accountId) => ({ tenantId: tenant, accountId })),
    );
    for (const state of states) builder.add(state, at);
    return ids;
  }
}
