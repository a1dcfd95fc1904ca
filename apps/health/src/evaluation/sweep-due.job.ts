import { Injectable } from '@nestjs/common';
import { DueSweeper, lockAccounts } from '@tenure/platform';

import { LivingAccountsRepository } from '../accounts/living-accounts.repository';
import { HotAccounts } from '../history/hot-accounts.repository';
import { EvaluateAccountsHandler } from './evaluate-accounts.handler';
import { evaluationDue } from './evaluation.domain';
import { RecallScoresHandler } from './recall-scores.handler';

/** Judges the accounts whose time has come. */
@Injectable()
export class SweepDueJob {
  constructor(
    sweeper: DueSweeper,
    living: LivingAccountsRepository,
    hotAccounts: HotAccounts,
    recall: RecallScoresHandler,
    evaluate: EvaluateAccountsHandler,
  ) {
    sweeper.handle(evaluationDue, async (tx, keys, now) => {
      const live = await living.present(tx, await lockAccounts(tx, keys));
      const accounts = await hotAccounts.load(tx, live);
      await recall.recall(
        tx,
        accounts.filter((account) => account.state.importing),
        now,
      );
      await evaluate.byClock(tx, accounts, now);
    });
  }
}
