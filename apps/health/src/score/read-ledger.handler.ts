import { Injectable } from '@nestjs/common';
import type { LedgerBody } from '@tenure/contracts';
import { type AccountKey, Clock, Database, Problem, type Tx } from '@tenure/platform';
import {
  changeLedger,
  type ChangeLedger,
  DAY_MS,
  dayFromIso,
  dayStart,
  type HealthScore,
  type LedgerEnd,
} from '@tenure/scoring';

import { personsOverride } from '../evaluation/evaluation.domain';
import { ModelReadModel } from '../models/model.read-model';
import { OverrideReadModel } from '../opinions/override.read-model';
import { HealthReadModel } from './health.read-model';

const usualSpanMs = 28 * DAY_MS;

/** Says why the score of one day is another one than that of an earlier day. */
@Injectable()
export class ReadLedgerHandler {
  constructor(
    private readonly database: Database,
    private readonly health: HealthReadModel,
    private readonly models: ModelReadModel,
    private readonly overrides: OverrideReadModel,
    private readonly clock: Clock,
  ) {}

  /** Days of the account's time zone, each seen at its end (today: now). Throws `not-found`, `invalid`. */
  read(key: AccountKey, from: string | undefined, to: string | undefined): Promise<LedgerBody> {
    return this.database.read([key.tenantId], async (tx) => {
      const state = await this.health.state(tx, key);
      if (!state) throw new Problem('not-found', `There is no account ${key.accountId}.`);
      const now = this.clock.now().getTime();
      const endOf = (day: string) => Math.min(now, dayStart(dayFromIso(day) + 1, state.history.timeZone) - 1);
      const start = from === undefined ? now - usualSpanMs : endOf(from);
      const end = to === undefined ? now : endOf(to);
      if (start >= end) throw new Problem('invalid', 'from has to be a day before to.', { pointer: '/from' });
      if (end - start > 3 * 366 * DAY_MS)
        throw new Problem('invalid', 'At most three years can be compared.', { pointer: '/from' });
      const ledger = changeLedger(state.history, await this.end(tx, key, start), await this.end(tx, key, end));
      return ledgerBody(ledger, start, end);
    });
  }

  private async end(tx: Tx, key: AccountKey, at: number): Promise<LedgerEnd> {
    const model = await this.models.inForceAt(tx, key.tenantId, new Date(at));
    const held = await this.overrides.inForceAt(tx, key, new Date(at));
    return { at, model, ...(held && { override: personsOverride(held) }) };
  }
}

function ledgerBody({ from, to, difference, parts }: ChangeLedger, start: number, end: number): LedgerBody {
  const side = (health: HealthScore, at: number) => ({
    asOf: new Date(at).toISOString(),
    score: health.score,
    modelVersion: health.modelVersion,
  });
  return {
    from: side(from, start),
    to: side(to, end),
    difference,
    parts: parts.map(({ cause, points, lines }) => ({ cause, points, lines: lines.map((line) => ({ ...line })) })),
  };
}
