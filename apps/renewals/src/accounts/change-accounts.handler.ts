import { Injectable } from '@nestjs/common';
import type { AccountChanged, AccountDeleted, AccountMerged, Envelope } from '@tenure/contracts';
import { type BatchContext, inAccountOrder, lockAccounts, lockForMerge, moveState } from '@tenure/platform';
import { LivingAccountsRepository } from './living-accounts.repository';
import { RecordStateHandler } from './record-state.handler';
import { RefreshAccountsHandler } from './refresh-accounts.handler';

type AccountEvent = Envelope<AccountChanged | AccountMerged | AccountDeleted>;

/** Profiles, merges and deletions, in the order in which they lay in the log. */
@Injectable()
export class ChangeAccountsHandler {
  constructor(
    private readonly record: RecordStateHandler,
    private readonly living: LivingAccountsRepository,
    private readonly refresh: RefreshAccountsHandler,
  ) {}

  handle(batch: readonly AccountEvent[], context: BatchContext): Promise<void> {
    return inAccountOrder(batch, {
      changed: (profiles) => this.record.handle(profiles, context),
      merged: (event) => this.merge(event, context),
      deleted: (event) => this.erase(event, context),
    });
  }

  /** Contracts and renewals go on under the other account; a second merge, or one into itself, is void. */
  private async merge(event: Envelope<AccountMerged>, { tx, now }: BatchContext): Promise<void> {
    const tenantId = event.tenantid;
    const ends = await lockForMerge(tx, { tenantId, accountId: event.subject }, event.data.intoId);
    if (!ends) return;
    const { from, into } = ends;
    await moveState(tx, tenantId, from.accountId, into.accountId);
    await this.living.mergeInto(tx, from, into.accountId);
    await this.refresh.handle(tx, [from, into], now);
  }

  private async erase(event: Envelope<AccountDeleted>, { tx }: BatchContext): Promise<void> {
    const key = { tenantId: event.tenantid, accountId: event.subject };
    await lockAccounts(tx, [key]);
    await this.living.erase(tx, key, new Date(event.time));
  }
}
