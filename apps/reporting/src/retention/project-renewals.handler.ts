import { Injectable } from '@nestjs/common';
import type { Envelope, Renewal } from '@tenure/contracts';
import { accountsOf, type Tx } from '@tenure/platform';
import { LivingAccountsRepository } from '../accounts/living-accounts.repository';
import { LiveChangesRepository } from '../live/live-changes.repository';
import { PortfolioRepository } from '../portfolio/portfolio.repository';
import { renewalEntry } from '../timeline/timeline-entry.domain';
import { TimelineRepository } from '../timeline/timeline.repository';

/** Writes on the timeline when a renewal was opened and what became of it; renewals themselves are asked at their service. */
@Injectable()
export class ProjectRenewalsHandler {
  private readonly living = new LivingAccountsRepository();
  private readonly portfolio = new PortfolioRepository();
  private readonly timeline = new TimelineRepository();
  private readonly live = new LiveChangesRepository();

  async handle(tx: Tx, batch: readonly Envelope<Renewal>[]): Promise<void> {
    const events = await this.living.lockForOutputs(tx, batch);
    await this.portfolio.appear(tx, accountsOf(events));
    const told = events.filter((event) => renewalEntry(event) !== null);
    await this.timeline.add(
      tx,
      told.flatMap((event) => renewalEntry(event) ?? []),
    );
    await this.live.announce(tx, accountsOf(told), ['timeline']);
  }
}
