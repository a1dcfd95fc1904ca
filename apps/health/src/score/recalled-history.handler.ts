import { Injectable } from '@nestjs/common';
import type { HealthHistoryBody } from '@tenure/contracts';
import { type AccountKey, Clock, Database, Problem } from '@tenure/platform';
import { DAY_MS, dayFromIso, dayStart, isoFromDay, zonedDay } from '@tenure/scoring';

import { scoresAt } from '../evaluation/past-scores.domain';
import { ModelReadModel } from '../models/model.read-model';
import { HealthReadModel } from './health.read-model';

const weekDays = 7;
/** A score of the past costs about a millisecond, so a request asks for at most this many. */
const mostWeeks = 160;

/** The scores an account would have had under a model, as its events of then give them. */
@Injectable()
export class RecalledHistoryHandler {
  constructor(
    private readonly database: Database,
    private readonly health: HealthReadModel,
    private readonly models: ModelReadModel,
    private readonly clock: Clock,
  ) {}

  /** A week apart, the last one on `to`; `version` may be `current`. Throws `not-found` and `invalid`. */
  under(key: AccountKey, version: string, from: string, to: string): Promise<HealthHistoryBody['items']> {
    return this.database.read([key.tenantId], async (tx) => {
      const model =
        version === 'current'
          ? await this.models.inForce(tx, key.tenantId)
          : await this.models.byVersion(tx, key.tenantId, version);
      if (!model) throw new Problem('not-found', `There is no model ${version}.`);
      const state = await this.health.state(tx, key);
      if (!state) throw new Problem('not-found', `There is no account ${key.accountId}.`);
      const { timeZone } = state.history;
      const found = scoresAt(state.history, this.weekEnds(from, to, timeZone), model);
      return found.map(({ at, scored }) => ({
        day: isoFromDay(zonedDay(at, timeZone)),
        score: scored.score,
        band: scored.band,
        coverage: scored.coverage,
        modelVersion: model.version,
      }));
    });
  }

  private weekEnds(from: string, to: string, timeZone: string): number[] {
    const [first, last] = [dayFromIso(from.slice(0, 10)), dayFromIso(to.slice(0, 10))];
    const weeks = Math.floor((last - first) / weekDays);
    if (weeks > mostWeeks) throw new Problem('invalid', 'At most three years can be asked for.', { pointer: '/from' });
    const now = this.clock.now().getTime();
    return Array.from({ length: Math.max(0, weeks + 1) }, (_, week) => {
      const day = last - (weeks - week) * weekDays;
      return Math.min(now, dayStart(day, timeZone) + DAY_MS - 1);
    });
  }
}
