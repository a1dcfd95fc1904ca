import { Injectable } from '@nestjs/common';
import type { Band, SignalRow } from '@tenure/contracts';
import { type AccountKey, accountName, type LockedAccount, type Tx } from '@tenure/platform';
import { isoFromDay, dayFromIso, SIGNALS, type AlertState, type SignalMemory, type SignalName } from '@tenure/scoring';

import { AccountStatesReadModel } from '../history/account-states.read-model';
import type { HotState } from '../history/hot-state.domain';
import { HeldJudgementReadModel } from '../evaluation/held-judgement.read-model';

/** One day of the score log. */
export interface ScoreDay {
  readonly day: string;
  readonly score: number | null;
  readonly band: Band;
  readonly coverage: number;
  readonly modelVersion: string;
}

interface DayRow {
  day: number;
  score: string | null;
  band: Band;
  coverage: number;
  model_version: string;
}

/** Reads an account's state for a look at its health, without locking it. */
@Injectable()
export class HealthReadModel {
  constructor(
    private readonly states: AccountStatesReadModel,
    private readonly judgements: HeldJudgementReadModel,
  ) {}

  /** Undefined: the tenant has no such account, or it was merged away or erased. */
  async state(tx: Tx, key: AccountKey): Promise<HotState | undefined> {
    if (!(await this.exists(tx, key))) return undefined;
    return (await this.states.load(tx, [key]))[0]?.state;
  }

  async exists(tx: Tx, { tenantId, accountId }: AccountKey): Promise<boolean> {
    const rows = await tx.query<Pick<LockedAccount, 'accountId'>>(
      `select 1 from accounts where tenant_id = $1 and account_id = $2 and merged_into is null
         and (erased_at is null or first_seen is not null)`,
      [tenantId, accountId],
    );
    return rows.length > 0;
  }

  async days(tx: Tx, { tenantId, accountId }: AccountKey, from: string, to: string): Promise<ScoreDay[]> {
    const rows = await tx.query<DayRow>(
      `select day, score, band, coverage, model_version from score_days
       where tenant_id = $1 and account_id = $2 and day between $3 and $4 order by day`,
      [tenantId, accountId, dayFromIso(from), dayFromIso(to)],
    );
    return rows.map((row) => ({
      day: isoFromDay(row.day),
      score: row.score === null ? null : Number(row.score),
      band: row.band,
      coverage: row.coverage,
      modelVersion: row.model_version,
    }));
  }

  /** Every signal of the catalogue as it stands. */
  async signals(tx: Tx, key: AccountKey): Promise<SignalRow[]> {
    const held = (await this.judgements.load(tx, [key])).get(accountName(key));
    return SIGNALS.map(({ name, title }) => signalRow(name, title, held?.signals[name], held?.alerts[name]?.state));
  }
}

function signalRow(
  signal: SignalName,
  title: string,
  memory: SignalMemory | undefined,
  alert: AlertState | undefined,
): SignalRow {
  const since = memory ? new Date(memory.since ?? memory.stateSince).toISOString() : null;
  if (!memory || memory.state === 'not-assessable') {
    return { signal, state: 'not-assessable', reason: `${title}: its inputs are not connected or stale.`, since };
  }
  if (alert?.status === 'snoozed') return { signal, state: 'snoozed', reason: title, since };
  return { signal, state: memory.held ? 'open' : 'clear', reason: title, since };
}
