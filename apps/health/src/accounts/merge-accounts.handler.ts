import { Injectable } from '@nestjs/common';
import type { AccountMerged, Envelope } from '@tenure/contracts';
import { type BatchContext, lockForMerge, moveState, type Tx } from '@tenure/platform';

import { ResolveAlertsHandler } from '../alerts/resolve-alerts.handler';
import { EvaluateAccountsHandler } from '../evaluation/evaluate-accounts.handler';
import type { HotAccount } from '../history/hot-account.entity';
import { HotAccounts } from '../history/hot-accounts.repository';
import { saysMore } from '../usage/usage-delta.domain';
import { UsageRepository } from '../usage/usage.repository';
import { movedDay, movedUsers } from './merge-usage.domain';
import { AccountRepository } from './account.repository';

/** The stores that a merge moves rows between. */
@Injectable()
export class MergeStores {
  constructor(
    readonly hotAccounts: HotAccounts,
    readonly usage: UsageRepository,
    readonly accounts: AccountRepository,
  ) {}
}

/** One account goes on as another: history, users and usage move; its open alerts end as superseded. */
@Injectable()
export class MergeAccountsHandler {
  constructor(
    private readonly stores: MergeStores,
    private readonly resolve: ResolveAlertsHandler,
    private readonly evaluate: EvaluateAccountsHandler,
  ) {}

  async handle(event: Envelope<AccountMerged>, { tx, now }: BatchContext): Promise<void> {
    const ends = await lockForMerge(tx, { tenantId: event.tenantid, accountId: event.subject }, event.data.intoId);
    if (!ends) return;
    const { from, into } = ends;
    await this.resolve.superseded(tx, from, now);
    await moveState(tx, from.tenantId, from.accountId, into.accountId);
    this.stores.hotAccounts.forget([from, into]);
    const [source] = await this.stores.hotAccounts.load(tx, [from]);
    const [target] = await this.stores.hotAccounts.load(tx, [into]);
    if (!source || !target) return;
    await this.moveUsage(tx, source, target);
    await this.stores.accounts.close(tx, from, into);
    this.stores.hotAccounts.forget([from]);
    await this.evaluate.afterEvents(tx, [target], [{ ...event, subject: into.accountId }]);
  }

  private async moveUsage(tx: Tx, source: HotAccount, target: HotAccount): Promise<void> {
    const users = movedUsers(source.ordinals, target.ordinals);
    const newUsers = users
      .map((user) => ({ ...user, kind: kindOf(source, user.userId) }))
      .filter(({ fresh, userId, kind }) => fresh || saysMore(kind, target.kinds.get(userId) ?? 'human'))
      .map(({ userId, into, kind }) => ({ userId, ordinal: into, kind }));
    target.addUsers(newUsers);
    target.put({ firstSeen: Math.min(source.history.firstSeen, target.history.firstSeen) });
    const { usage } = target.history;
    const before = usage.eventNames.length;
    const rows = source.history.usage.all().map((row) => movedDay(row, users));
    for (const row of rows) usage.add(row);
    const days = rows.flatMap((row) => usage.packedDay(row.day, row.knownDay) ?? []);
    const newNames = usage.eventNames.slice(before).map((name, index) => ({ number: before + index, name }));
    await this.stores.usage.save(tx, [{ key: target.key, days, newNames, newUsers }]);
  }
}

const kindOf = (account: HotAccount, userId: string): 'human' | 'service' | 'internal' =>
  account.kinds.get(userId) ?? 'human';
