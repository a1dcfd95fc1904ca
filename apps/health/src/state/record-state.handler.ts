import { Injectable } from '@nestjs/common';
import { accountChanged, type Envelope } from '@tenure/contracts';
import {
  accountName,
  type BatchContext,
  type ChangedEntity,
  entityHistory,
  type LockedAccount,
  recordState,
  type Tx,
} from '@tenure/platform';
import type { InputKind } from '@tenure/scoring';

import { LivingAccountsRepository } from '../accounts/living-accounts.repository';
import { EvaluateAccountsHandler } from '../evaluation/evaluate-accounts.handler';
import { InputFreshness } from '../evaluation/input-freshness.repository';
import type { HotAccount } from '../history/hot-account.entity';
import { HotAccounts } from '../history/hot-accounts.repository';
import { canRefold, refolded } from './refold-entities.projection';
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
    // The profile of an account that was merged away stays behind, whether it came before the merge or after it.
    const own = new Set(batch);
    const kept = events.filter((event) => own.has(event) || event.type !== accountChanged.type);
    const changed = await recordState(tx, kept);
    await this.users.enrol(tx, changed);
    await this.evaluate.afterEvents(tx, await this.accounts(tx, locked, changed), events);
  }

  /** The accounts as they are now. Most changes are folded into what is in memory: a year is not read again for a ticket. */
  private async accounts(
    tx: Tx,
    locked: readonly LockedAccount[],
    changed: readonly ChangedEntity[],
  ): Promise<HotAccount[]> {
    if (!changed.every(({ entity }) => canRefold(entity))) {
      this.hotAccounts.forget(locked);
      return this.hotAccounts.load(tx, locked);
    }
    const [accounts, events] = await Promise.all([this.hotAccounts.load(tx, locked), entityHistory(tx, changed)]);
    const byAccount = Map.groupBy(events, accountName);
    for (const account of accounts)
      account.put(refolded(account.history, byAccount.get(accountName(account.key)) ?? []));
    return accounts;
  }
}
