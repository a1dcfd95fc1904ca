import { Injectable } from '@nestjs/common';
import {
  type AccountChanged,
  accountDeleted,
  type AccountDeleted,
  accountMerged,
  type AccountMerged,
  type Envelope,
} from '@tenure/contracts';
import { type BatchContext, lockAccounts, lockForMerge, moveState } from '@tenure/platform';
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

  async handle(batch: readonly AccountEvent[], context: BatchContext): Promise<void> {
    let profiles: AccountEvent[] = [];
    for (const event of batch) {
      const ends = event.type === accountMerged.type || event.type === accountDeleted.type;
      if (!ends) {
        profiles.push(event);
        continue;
      }
      await this.record.handle(profiles, context);
      profiles = [];
      if (event.type === accountMerged.type) await this.merge(event as Envelope<AccountMerged>, context);
      else await this.erase(event as Envelope<AccountDeleted>, context);
    }
    await this.record.handle(profiles, context);
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
