import { Injectable } from '@nestjs/common';
import { type AccountKey, lockAccounts, type Tx } from '@tenure/platform';

import { EvaluateAccountsHandler } from '../evaluation/evaluate-accounts.handler';
import { HotAccounts } from '../history/hot-accounts.repository';

/** Judges one account again because a person changed what counts for it. */
@Injectable()
export class RejudgeAccountHandler {
  constructor(
    private readonly hotAccounts: HotAccounts,
    private readonly evaluate: EvaluateAccountsHandler,
  ) {}

  /** What is in memory of it was read before the change, so it is read again. An account that is being imported waits. */
  async now(tx: Tx, key: AccountKey, now: Date): Promise<void> {
    const locked = await lockAccounts(tx, [key]);
    this.hotAccounts.forget([key]);
    const accounts = await this.hotAccounts.load(tx, locked);
    await this.evaluate.byClock(
      tx,
      accounts.filter((account) => !account.state.importing),
      now,
    );
  }
}
