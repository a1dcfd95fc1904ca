import { Injectable } from '@nestjs/common';
import type { AccountChanged, AccountDeleted, AccountMerged, Envelope } from '@tenure/contracts';
import {
  type BatchContext,
  currentState,
  inAccountOrder,
  lockAccounts,
  lockForMerge,
  moveState,
} from '@tenure/platform';
import { LiveChangesRepository } from '../live/live-changes.repository';
import { RefreshPortfolioHandler } from '../portfolio/refresh-portfolio.handler';
import { mergeEntry } from '../timeline/timeline-entry.domain';
import { TimelineRepository } from '../timeline/timeline.repository';
import { FoldStateHandler } from './fold-state.handler';
import { LivingAccountsRepository } from './living-accounts.repository';

type AccountEvent = Envelope<AccountChanged | AccountMerged | AccountDeleted>;

/** Profiles, merges and deletions, in the order in which they lay in the log. */
@Injectable()
export class ChangeAccountsHandler {
  private readonly living = new LivingAccountsRepository();
  private readonly timeline = new TimelineRepository();
  private readonly live = new LiveChangesRepository();

  constructor(
    private readonly fold: FoldStateHandler,
    private readonly portfolio: RefreshPortfolioHandler,
  ) {}

  handle(batch: readonly AccountEvent[], context: BatchContext): Promise<void> {
    return inAccountOrder(batch, {
      changed: (profiles) => this.fold.handle(profiles, context),
      merged: (event) => this.merge(event, context),
      deleted: (event) => this.erase(event, context),
    });
  }

  /** Everything but the profile of the one goes on under the other. A second merge of the same account, or one into itself, is void. */
  private async merge(event: Envelope<AccountMerged>, { tx, now }: BatchContext): Promise<void> {
    const tenantId = event.tenantid;
    const ends = await lockForMerge(tx, { tenantId, accountId: event.subject }, event.data.intoId);
    if (!ends) return;
    const { from, into } = ends;
    await this.portfolio.appear(tx, [from, into]);
    const [profile] = await currentState(tx, [from], ['account']);
    await moveState(tx, tenantId, from.accountId, into.accountId);
    await this.living.mergeInto(tx, from, into.accountId);
    await this.timeline.add(tx, [mergeEntry(event, into.accountId, profile?.data['name'])]);
    await this.portfolio.handle(tx, [into], now);
    await this.portfolio.countAlerts(tx, [from, into]);
    await this.live.announce(tx, [from, into], ['profile', 'alerts', 'timeline']);
  }

  private async erase(event: Envelope<AccountDeleted>, { tx }: BatchContext): Promise<void> {
    const key = { tenantId: event.tenantid, accountId: event.subject };
    await lockAccounts(tx, [key]);
    await this.living.erase(tx, key, new Date(event.time));
    await this.live.announce(tx, [key], ['profile', 'timeline']);
  }
}
