import { Injectable } from '@nestjs/common';
import type { Envelope, RiskAlert } from '@tenure/contracts';
import { accountsOf, type Tx } from '@tenure/platform';
import { LivingAccountsRepository } from '../accounts/living-accounts.repository';
import { LiveChangesRepository } from '../live/live-changes.repository';
import { PortfolioRepository } from '../portfolio/portfolio.repository';
import { alertEntry } from '../timeline/timeline-entry.domain';
import { TimelineRepository } from '../timeline/timeline.repository';
import { AlertRepository } from './alert.repository';

/** Keeps the newest version of every alert for Today and for the counts of the list. */
@Injectable()
export class ProjectAlertsHandler {
  private readonly living = new LivingAccountsRepository();
  private readonly alerts = new AlertRepository();
  private readonly portfolio = new PortfolioRepository();
  private readonly timeline = new TimelineRepository();
  private readonly live = new LiveChangesRepository();

  async handle(tx: Tx, batch: readonly Envelope<RiskAlert>[]): Promise<void> {
    const events = await this.living.lockForOutputs(tx, batch);
    const fresh = await this.alerts.save(tx, events);
    if (fresh.length === 0) return;
    const keys = accountsOf(fresh);
    await this.portfolio.appear(tx, keys);
    await this.portfolio.countAlerts(tx, keys);
    await this.timeline.add(tx, fresh.filter((event) => !event.data.test).map(alertEntry));
    await this.live.announce(tx, keys, ['alerts', 'timeline']);
  }
}
