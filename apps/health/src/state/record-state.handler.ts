import { Injectable } from '@nestjs/common';
import type { Envelope } from '@tenure/contracts';
import { type BatchContext, recordState } from '@tenure/platform';
import type { InputKind } from '@tenure/scoring';

import { LivingAccountsRepository } from '../accounts/living-accounts.repository';
import { EvaluateAccountsHandler } from '../evaluation/evaluate-accounts.handler';
import { InputFreshness } from '../evaluation/input-freshness.repository';
import { HotAccounts } from '../history/hot-accounts.repository';
import { UsersRepository } from './users.repository';

/** Keeps a batch of state events as history and judges the accounts it is about. */
@Injectable()
export class RecordStateHandler {
  constructor(
    private readonly living: LivingAccountsRepository,
    private readonly hotAccounts: HotAccounts,
    private readonly users: UsersRepository,
    private readonly inputs: InputFreshness,
    private readonly evaluate: EvaluateAccountsHandler,
  ) {}

  /** @param input the kind of input that these events prove to be alive; none for profiles */
  async handle(batch: readonly Envelope[], { tx }: BatchContext, input?: InputKind): Promise<void> {
    if (input) await this.inputs.delivered(tx, input, batch);
    const { events, locked } = await this.living.lock(tx, batch);
    const changed = await recordState(tx, events);
    await this.users.enrol(tx, changed);
    this.hotAccounts.forget(locked);
    const accounts = await this.hotAccounts.load(tx, locked);
    await this.evaluate.afterEvents(tx, accounts, events);
  }
}
