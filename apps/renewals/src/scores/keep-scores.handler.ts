import { Injectable } from '@nestjs/common';
import type { Envelope, HealthScoreChanged } from '@tenure/contracts';
import { accountName, type BatchContext } from '@tenure/platform';
import { LivingAccountsRepository } from '../accounts/living-accounts.repository';
import { RefreshAccountsHandler } from '../accounts/refresh-accounts.handler';
import { noticeably } from './noticeable-score.domain';
import { ScoreRepository } from './score.repository';

/** Keeps the newest score of each account, and forecasts anew where it moved enough to tell. */
@Injectable()
export class KeepScoresHandler {
  constructor(
    private readonly living: LivingAccountsRepository,
    private readonly scores: ScoreRepository,
    private readonly refresh: RefreshAccountsHandler,
  ) {}

  async handle(batch: readonly Envelope<HealthScoreChanged>[], { tx, now }: BatchContext): Promise<void> {
    const events = await this.living.lockForOutputs(tx, batch);
    const newest = new Map<string, Envelope<HealthScoreChanged>>();
    for (const event of events) newest.set(accountName({ tenantId: event.tenantid, accountId: event.subject }), event);
    const keys = [...newest.values()].map((event) => ({ tenantId: event.tenantid, accountId: event.subject }));
    const known = await this.scores.of(tx, keys);
    const moved = keys.filter((key) => noticeably(known.get(accountName(key)), newest.get(accountName(key))?.data));
    const changed = moved.flatMap((key) => newest.get(accountName(key)) ?? []);
    await this.scores.save(tx, changed);
    await this.refresh.handle(tx, moved, now);
  }
}
