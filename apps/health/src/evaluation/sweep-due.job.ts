import { Injectable } from '@nestjs/common';
import { DueSweeper, lockAccounts } from '@tenure/platform';

import { HotAccounts } from '../history/hot-accounts.repository';
import { evaluationDue, EvaluateAccountsHandler } from './evaluate-accounts.handler';

/** Judges the accounts whose time has come. */
@Injectable()
export class SweepDueJob {
  constructor(sweeper: DueSweeper, hotAccounts: HotAccounts, evaluate: EvaluateAccountsHandler) {
    sweeper.handle(evaluationDue, async (tx, keys, now) => {
      const locked = await lockAccounts(tx, keys);
      const live = locked.filter((account) => account.mergedInto === null);
      await evaluate.byClock(tx, await hotAccounts.load(tx, live), now);
    });
  }
}
