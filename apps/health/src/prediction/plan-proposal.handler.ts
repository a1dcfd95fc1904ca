import { Injectable } from '@nestjs/common';
import { Clock, Jobs, type Tx } from '@tenure/platform';

/** The queue of fits that are to be proposed. */
export const proposalQueue = 'propose-churn-fit';
/** Accuracy decays within a few periods, so a new fit is proposed every quarter; people adopt it or do not. */
const everyMs = 91 * 86_400_000;

/** Sees to it that a tenant's next fit is proposed. */
@Injectable()
export class PlanProposalHandler {
  constructor(
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** The next proposal of a tenant, where none waits already. */
  async plan(tx: Tx, tenant: string): Promise<void> {
    const startAfter = new Date(this.clock.now().getTime() + everyMs);
    await this.jobs.send(tx, proposalQueue, { tenant }, { startAfter, singletonKey: tenant });
  }
}
