import { randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { type CallerIdentity, Clock, Database, Jobs, Problem } from '@tenure/platform';

import { ModelReadModel } from './model.read-model';
import type { KeptPlan } from './plan.domain';
import { PlanRepository } from './plan.repository';

/** The queue of plans that wait to be worked out. */
export const planQueue = 'model-plan';

/** What the job is told. */
export interface PlanOrder {
  readonly tenant: string;
  readonly planId: string;
}

/** Asks for plans, shows and cancels them; a job works them out. */
@Injectable()
export class PlanModelHandler {
  constructor(
    private readonly database: Database,
    private readonly models: ModelReadModel,
    private readonly plans: PlanRepository,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  ask(caller: CallerIdentity, version: string): Promise<KeptPlan> {
    return this.database.write([caller.tenant], async (tx) => {
      const { tenant } = caller;
      if (!(await this.models.byVersion(tx, tenant, version)))
        throw new Problem('not-found', `There is no model ${version}.`);
      const against = (await this.models.inForce(tx, tenant)).version;
      const plan = { planId: randomUUID(), version, against, askedBy: caller.name, askedAt: this.clock.now() };
      await this.plans.add(tx, tenant, plan);
      const order: PlanOrder = { tenant, planId: plan.planId };
      await this.jobs.send(tx, planQueue, order);
      return { ...plan, state: 'waiting', done: 0, total: 0, result: null };
    });
  }

  show(tenant: string, planId: string): Promise<KeptPlan> {
    return this.database.read([tenant], async (tx) => {
      const plan = await this.plans.find(tx, tenant, planId);
      if (!plan) throw new Problem('not-found', 'There is no such plan.');
      return plan;
    });
  }

  list(tenant: string): Promise<KeptPlan[]> {
    return this.database.read([tenant], (tx) => this.plans.list(tx, tenant));
  }

  /** Throws `not-found`, or `conflict` where it has ended already. */
  async cancel(tenant: string, planId: string): Promise<KeptPlan> {
    await this.show(tenant, planId);
    const ended = await this.database.write([tenant], (tx) => this.plans.end(tx, tenant, planId, 'cancelled', null));
    if (!ended) throw new Problem('conflict', 'This plan has ended already.');
    return this.show(tenant, planId);
  }
}
