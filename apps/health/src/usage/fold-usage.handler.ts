import { Injectable } from '@nestjs/common';
import type { Envelope, UsageRecorded } from '@tenure/contracts';
import { accountName, type BatchContext } from '@tenure/platform';

import { LivingAccountsRepository } from '../accounts/living-accounts.repository';
import { EvaluateAccountsHandler } from '../evaluation/evaluate-accounts.handler';
import { InputFreshness } from '../evaluation/input-freshness.repository';
import type { HotAccount } from '../history/hot-account.entity';
import { HotAccounts } from '../history/hot-accounts.repository';
import { usageDelta } from './usage-delta.domain';
import { type ChangedUsage, UsageRepository } from './usage.repository';

/** Adds a batch of usage to its accounts' rollups and judges them at once. */
@Injectable()
export class FoldUsageHandler {
  constructor(
    private readonly living: LivingAccountsRepository,
    private readonly hotAccounts: HotAccounts,
    private readonly usage: UsageRepository,
    private readonly inputs: InputFreshness,
    private readonly evaluate: EvaluateAccountsHandler,
  ) {}

  async handle(batch: readonly Envelope<UsageRecorded>[], { tx }: BatchContext): Promise<void> {
    await this.inputs.delivered(tx, 'usage', batch);
    const { events, locked } = await this.living.lock(tx, batch);
    const accounts = await this.hotAccounts.load(tx, locked);
    const byAccount = Map.groupBy(events, (event) => `${event.tenantid}:${event.subject}`);
    const changes = accounts.map((account) => fold(account, byAccount.get(accountName(account.key)) ?? []));
    await this.usage.save(tx, changes);
    await this.evaluate.afterEvents(tx, accounts, events);
  }
}

/** Adds the events to the account in memory; what it answers are the rows as they are now. */
function fold(account: HotAccount, events: readonly Envelope<UsageRecorded>[]): ChangedUsage {
  const { usage, timeZone } = account.history;
  const { days, newUsers } = usageDelta(events, { timeZone, ordinals: account.ordinals, kinds: account.kinds });
  account.addUsers(newUsers);
  const before = usage.eventNames.length;
  for (const delta of days) usage.add(delta);
  return {
    key: account.key,
    days: days.flatMap(({ day, knownDay }) => usage.packedDay(day, knownDay) ?? []),
    newNames: usage.eventNames.slice(before).map((name, index) => ({ number: before + index, name })),
    newUsers,
  };
}
