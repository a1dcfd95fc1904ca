import { Injectable } from '@nestjs/common';
import type { Envelope, HealthScoreChanged } from '@tenure/contracts';
import { type AccountKey, accountName, accountsOf, type Tx } from '@tenure/platform';
import { LivingAccountsRepository } from '../accounts/living-accounts.repository';
import { BandDaysRepository } from '../distribution/band-days.repository';
import { LiveChangesRepository } from '../live/live-changes.repository';
import { PortfolioRepository } from '../portfolio/portfolio.repository';
import { scoreEntry } from '../timeline/timeline-entry.domain';
import { TimelineRepository } from '../timeline/timeline.repository';
import { freshScores, isPast } from './fresh-scores.domain';
import { KnownScoresReadModel } from './known-scores.read-model';

/** Puts scores into the accounts' rows, notes the day's band, and writes a change of band on the timeline. */
@Injectable()
export class ProjectScoresHandler {
  private readonly living = new LivingAccountsRepository();
  private readonly known = new KnownScoresReadModel();
  private readonly portfolio = new PortfolioRepository();
  private readonly bandDays = new BandDaysRepository();
  private readonly records = { timeline: new TimelineRepository(), live: new LiveChangesRepository() };

  async handle(tx: Tx, batch: readonly Envelope<HealthScoreChanged>[]): Promise<void> {
    const events = await this.living.lockForOwnOutputs(tx, batch);
    await this.portfolio.appear(tx, accountsOf(events));
    const { latest, past, turns } = freshScores(events, await this.known.of(tx, accountsOf(events)));
    if (latest.length === 0) return;
    await this.portfolio.saveScores(tx, latest.map(rowScore));
    const present = latest.filter((event) => !isPast(event));
    const asOf = new Map(present.map((event) => [accountName(keyOf(event)), new Date(event.data.asOf)]));
    await this.bandDays.note(tx, present.map(keyOf), (key) => asOf.get(accountName(key)) ?? new Date(0));
    await this.bandDays.notePast(
      tx,
      past.map((event) => ({ key: keyOf(event), day: event.data.asOf.slice(0, 10), band: event.data.band })),
    );
    await this.records.timeline.add(
      tx,
      turns.map(({ event, bandBefore }) => scoreEntry(event, bandBefore)),
    );
    await this.records.live.announce(tx, latest.map(keyOf), turns.length > 0 ? ['score', 'timeline'] : ['score']);
  }
}

const keyOf = (event: Envelope): AccountKey => ({ tenantId: event.tenantid, accountId: event.subject });

function rowScore(event: Envelope<HealthScoreChanged>) {
  const { version, score, band, trend, coverage } = event.data;
  return { ...keyOf(event), version, score, band, trend, coverage };
}
