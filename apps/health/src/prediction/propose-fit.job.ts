import { Injectable } from '@nestjs/common';
import { Database, Jobs } from '@tenure/platform';

import { FitChurnHandler } from './fit-churn.handler';
import { PlanProposalHandler, proposalQueue } from './plan-proposal.handler';

/** Proposes a new fit of the churn probability to a tenant from time to time. */
@Injectable()
export class ProposeFitJob {
  constructor(jobs: Jobs, database: Database, fit: FitChurnHandler, next: PlanProposalHandler) {
    jobs.work<{ tenant: string }>(proposalQueue, ({ tenant }) =>
      database.write([tenant], async (tx) => {
        await fit.propose(tx, tenant, 'Tenure');
        await next.plan(tx, tenant);
      }),
    );
  }
}
