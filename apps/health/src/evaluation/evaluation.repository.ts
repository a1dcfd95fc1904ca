import { Injectable } from '@nestjs/common';
import type { RiskAlert } from '@tenure/contracts';
import type { AccountKey, Tx } from '@tenure/platform';
import type { AccountHealth, AlertState, Cause, SignalMemory, SignalName } from '@tenure/scoring';

import type { HeldScore } from '../history/hot-state.domain';
import type { Evaluation } from './evaluation.domain';

/** A judgement to keep. */
export interface KeptEvaluation {
  readonly key: AccountKey;
  readonly evaluation: Evaluation;
  readonly score: HeldScore;
  readonly day: number;
  readonly segment: string | null;
}

/** A line of the score log. */
export interface LoggedScore {
  readonly key: AccountKey;
  /** Day of the account's time zone. */
  readonly day: number;
  readonly health: AccountHealth;
}

/** A signal's memory to keep. */
export interface KeptSignal {
  readonly key: AccountKey;
  readonly signal: SignalName;
  readonly memory: SignalMemory;
}

/** An alert to keep, new or changed. */
export interface KeptAlert {
  readonly key: AccountKey;
  readonly alertId: string;
  readonly state: AlertState;
  readonly data: RiskAlert;
  /** What may stand behind it, for one that opens: shared by others or not. */
  readonly cause?: Cause | null;
}

const tenants = (rows: readonly { readonly key: AccountKey }[]): string[] => rows.map(({ key }) => key.tenantId);
const accounts = (rows: readonly { readonly key: AccountKey }[]): string[] => rows.map(({ key }) => key.accountId);

/** Writes what was decided, many accounts in one statement each. */
@Injectable()
export class EvaluationRepository {
  async saveScores(tx: Tx, rows: readonly KeptEvaluation[]): Promise<void> {
    if (rows.length === 0) return;
    const saved = tx.query(
      `update accounts a set segment = r.segment, arr_minor = r.arr, currency = r.currency,
         active_users = r.active, tickets_14d = r.tickets, health = r.health::jsonb, health_version = r.version
       from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::int[], $7::int[], $8::text[], $9::bigint[])
         as r(tenant_id, account_id, segment, arr, currency, active, tickets, health, version)
       where a.tenant_id = r.tenant_id and a.account_id = r.account_id`,
      [
        tenants(rows),
        accounts(rows),
        rows.map(({ segment }) => segment),
        rows.map(({ evaluation }) => evaluation.arr?.minor ?? null),
        rows.map(({ evaluation }) => evaluation.arr?.currency ?? null),
        rows.map(({ evaluation }) => evaluation.features.values['active-users-28d'].value),
        rows.map(({ evaluation }) => evaluation.ticketsIn14Days),
        rows.map(({ score }) => JSON.stringify(score)),
        rows.map(({ score }) => score.version),
      ],
    );
    const logged = this.saveDays(
      tx,
      rows.map(({ key, day, evaluation }) => ({ key, day, health: evaluation.health })),
    );
    await Promise.all([saved, logged]);
  }

  async saveSignals(tx: Tx, rows: readonly KeptSignal[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(
      `insert into signal_states (tenant_id, account_id, signal, state)
       select t, a, s, m::jsonb from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as r(t, a, s, m)
       on conflict (tenant_id, account_id, signal) do update set state = excluded.state`,
      [
        tenants(rows),
        accounts(rows),
        rows.map(({ signal }) => signal),
        rows.map(({ memory }) => JSON.stringify(memory)),
      ],
    );
  }

  async saveAlerts(tx: Tx, rows: readonly KeptAlert[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(
      `insert into alerts (tenant_id, account_id, alert_id, signal, status, severity, version, opened_at, updated_at, state, data, cause_id)
       select t, a, i, s, st, se, v, to_timestamp(o / 1000.0), to_timestamp(u / 1000.0), state::jsonb, data::jsonb, cause
       from unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::double precision[], $9::double precision[],
         $10::text[], $11::text[], $12::text[]) as r(t, a, i, s, st, se, v, o, u, state, data, cause)
       on conflict (tenant_id, account_id, alert_id) do update set status = excluded.status, severity = excluded.severity,
         version = excluded.version, updated_at = excluded.updated_at, state = excluded.state, data = excluded.data, undo = null`,
      [
        tenants(rows),
        accounts(rows),
        rows.map(({ alertId }) => alertId),
        rows.map(({ state }) => state.signal),
        rows.map(({ state }) => state.status),
        rows.map(({ state }) => state.severity),
        rows.map(({ data }) => data.version),
        rows.map(({ state }) => state.openedAt),
        rows.map(({ state }) => state.updatedAt),
        rows.map(({ state }) => JSON.stringify(state)),
        rows.map(({ data }) => JSON.stringify(data)),
        rows.map(({ cause }) => cause?.id ?? null),
      ],
    );
  }

  /** The score log: the last word of each day, never rewritten later. */
  async saveDays(tx: Tx, rows: readonly LoggedScore[]): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(
      `insert into score_days (tenant_id, account_id, day, score, band, coverage, model_version, contributions)
       select t, a, d, s, b, c, m, k::jsonb
       from unnest($1::text[], $2::text[], $3::int[], $4::numeric[], $5::text[], $6::real[], $7::text[], $8::text[]) as r(t, a, d, s, b, c, m, k)
       on conflict (tenant_id, account_id, day) do update set score = excluded.score, band = excluded.band,
         coverage = excluded.coverage, model_version = excluded.model_version, contributions = excluded.contributions`,
      [
        tenants(rows),
        accounts(rows),
        rows.map(({ day }) => day),
        rows.map(({ health }) => health.score),
        rows.map(({ health }) => health.band),
        rows.map(({ health }) => health.coverage),
        rows.map(({ health }) => health.modelVersion),
        rows.map(({ health }) => JSON.stringify(health.contributions)),
      ],
    );
  }
}
