import { Injectable } from '@nestjs/common';
import { Clock, Database, Jobs, type Tx } from '@tenure/platform';

import { FitChurnHandler } from './fit-churn.handler';

const queue = 'propose-churn-fit';
/** Accuracy decays within a few periods, so a new fit is proposed every quarter; people adopt it or do not. */
const everyMs = 91 * 86_400_000;

/** Proposes a new fit of the churn probability to a tenant from time to time. */
@Injectable()
export class ProposeFitJob {
  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly fit: FitChurnHandler,
    private readonly clock: Clock,
  ) {
    jobs.work<{ tenant: string }>(queue, ({ tenant }) =>
      this.database.write([tenant], async (tx) => {
        await this.fit.propose(tx, tenant, 'Tenure');
        await this.plan(tx, tenant);
      }),
    );
  }

  /** The next proposal of a tenant, where none waits already. */
  async plan(tx: Tx, tenant: string): Promise<void> {
    const startAfter = new Date(this.clock.now().getTime() + everyMs);
    await this.jobs.send(tx, queue, { tenant }, { startAfter, singletonKey: tenant });
  }
}
