import { Injectable } from '@nestjs/common';
import type { Envelope } from '@tenure/contracts';
import { accountsOf, type BatchContext, recordState } from '@tenure/platform';
import { LiveChangesRepository } from '../live/live-changes.repository';
import { RefreshPortfolioHandler } from '../portfolio/refresh-portfolio.handler';
import { timelineOf } from '../timeline/timeline-entry.domain';
import { TimelineRepository } from '../timeline/timeline.repository';
import { LivingAccountsRepository } from './living-accounts.repository';

/** Folds state events, writes what of them belongs on the timeline, and brings the accounts' rows up to date. */
@Injectable()
export class FoldStateHandler {
  private readonly living = new LivingAccountsRepository();
  private readonly timeline = new TimelineRepository();
  private readonly live = new LiveChangesRepository();

  constructor(private readonly portfolio: RefreshPortfolioHandler) {}

  async handle(batch: readonly Envelope[], { tx, now }: BatchContext): Promise<void> {
    if (batch.length === 0) return;
    const events = await this.living.lock(tx, batch);
    const changed = await recordState(tx, events);
    const keys = accountsOf(events);
    await this.timeline.add(tx, changed.flatMap(timelineOf));
    const facts = changed.some(({ entity }) => entity === 'account' || entity === 'contract');
    await this.portfolio.appear(tx, keys);
    if (facts) await this.portfolio.handle(tx, keys, now);
    await this.live.announce(tx, keys, facts ? ['profile', 'timeline'] : ['timeline']);
  }
}
