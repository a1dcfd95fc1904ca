import { randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import type { Envelope } from '@tenure/contracts';
import { armDue, type Tx } from '@tenure/platform';
import { asOf, causeOf, stateAt, zonedDay } from '@tenure/scoring';

import { alertData } from '../alerts/alert-data.domain';
import { PublishJudgement } from '../alerts/publish-judgement.handler';
import { HealthConfig } from '../health.config';
import type { HotAccount } from '../history/hot-account.entity';
import type { HeldScore } from '../history/hot-state.domain';
import { HotAccounts } from '../history/hot-accounts.repository';
import { TenantFactsReadModel } from '../tenants/tenant-facts.read-model';
import { type Evaluation, evaluate, evaluationDue } from './evaluation.domain';
import { EvaluationRepository, type KeptAlert, type KeptEvaluation, type KeptSignal } from './evaluation.repository';

const unclosedImportMs = 5 * 60_000;

/** What one account's judgement leaves to write. */
interface Kept {
  readonly evaluation: KeptEvaluation;
  readonly changedScore: boolean;
  /** Whether the account's row or its line in the score log would be another one. */
  readonly changedRow: boolean;
  readonly signals: readonly KeptSignal[];
  readonly alerts: readonly { readonly alert: KeptAlert; readonly publish: boolean }[];
}

interface Judged extends Kept {
  readonly account: HotAccount;
  readonly traceparent: string | undefined;
}

/** Judges accounts inside the transaction that holds them: score, signals, alerts, log, outbox and the next due time. */
@Injectable()
export class EvaluateAccountsHandler {
  constructor(
    private readonly hotAccounts: HotAccounts,
    private readonly tenants: TenantFactsReadModel,
    private readonly repository: EvaluationRepository,
    private readonly publisher: PublishJudgement,
    private readonly config: HealthConfig,
  ) {}

  /**
   * After events were folded. An account's judgement is taken as of the receipt of its newest event, not of this moment:
   * while we are behind, the clock must not make silence out of our own delay. History raises nothing: it marks the
   * account as importing, to be judged once when its import is closed.
   */
  async afterEvents(tx: Tx, accounts: readonly HotAccount[], events: readonly Envelope[]): Promise<void> {
    const byAccount = Map.groupBy(events, (event) => `${event.tenantid}:${event.subject}`);
    if (this.config.rebuild) return this.onlyFold(tx, accounts, byAccount);
    const live: { account: HotAccount; at: number; traceparent: string | undefined }[] = [];
    for (const account of accounts) {
      const own = byAccount.get(`${account.key.tenantId}:${account.key.accountId}`) ?? [];
      noteFirstSeen(account, own);
      const newest = Math.max(...own.map((event) => Date.parse(event.receivedat)));
      if (own.some((event) => event.knownat !== undefined)) await this.markImporting(tx, account, newest);
      if (account.state.importing || own.length === 0) continue;
      const at = Math.max(account.state.evaluatedAt ?? 0, newest);
      live.push({ account, at, traceparent: own.at(-1)?.traceparent });
    }
    await this.save(tx, await this.judge(tx, live, false), accounts);
  }

  /** A replay judges nobody: what was decided is recorded. */
  private async onlyFold(
    tx: Tx,
    accounts: readonly HotAccount[],
    byAccount: ReadonlyMap<string, readonly Envelope[]>,
  ): Promise<void> {
    for (const account of accounts)
      noteFirstSeen(account, byAccount.get(`${account.key.tenantId}:${account.key.accountId}`) ?? []);
    await this.hotAccounts.save(tx, accounts);
  }

  /** By the clock, or when an import was closed; the accounts are locked. */
  async byClock(tx: Tx, accounts: readonly HotAccount[], now: Date): Promise<void> {
    const first = accounts.filter((account) => account.state.importing);
    for (const account of first) account.state = { ...account.state, importing: false };
    const entries = (list: readonly HotAccount[]) =>
      list.map((account) => ({ account, at: now.getTime(), traceparent: undefined }));
    const others = accounts.filter((account) => !first.includes(account));
    // What brought us here has been taken out of the due index.
    for (const account of accounts) account.armedFor = undefined;
    const kept = [...(await this.judge(tx, entries(first), true)), ...(await this.judge(tx, entries(others), false))];
    await this.save(tx, kept, accounts);
  }

  /** The closing of the import makes the account due; should nobody close it, it is judged some minutes later all the same. */
  private async markImporting(tx: Tx, account: HotAccount, newest: number): Promise<void> {
    if (account.state.importing) return;
    account.state = { ...account.state, importing: true };
    await armDue(tx, [{ ...account.key, kind: evaluationDue, dueAt: new Date(newest + unclosedImportMs) }]);
  }

  private async judge(
    tx: Tx,
    list: readonly { account: HotAccount; at: number; traceparent: string | undefined }[],
    preexisting: boolean,
  ): Promise<Judged[]> {
    const kept: Judged[] = [];
    for (const { account, at, traceparent } of list) {
      const comparison = await this.tenants.comparison(tx, account.key.tenantId);
      const model = await this.tenants.model(tx, account.key.tenantId);
      const parameters = await this.tenants.parameters(tx, account.key.tenantId);
      const evaluation = evaluate(account.state, at, { model, comparison, parameters, preexisting });
      kept.push({ ...this.keep(account, evaluation), account, traceparent });
    }
    await this.publisher.group(tx, kept, new Date(Math.max(0, ...list.map(({ at }) => at))));
    return kept;
  }

  /** Nothing of it needs the answer of the rest, so it all goes out together. */
  private async save(tx: Tx, kept: readonly Judged[], accounts: readonly HotAccount[]): Promise<void> {
    const changed = kept.filter((each) => each.changedRow);
    await Promise.all([
      this.repository.saveScores(
        tx,
        changed.map((each) => each.evaluation),
      ),
      this.repository.saveSignals(
        tx,
        kept.flatMap((each) => each.signals),
      ),
      this.repository.saveAlerts(
        tx,
        kept.flatMap((each) => each.alerts.map(({ alert }) => alert)),
      ),
      this.publisher.publish(tx, kept),
      this.arm(tx, kept),
      this.hotAccounts.save(tx, accounts),
    ]);
  }

  /** Due times only move earlier, so one that is known to be armed for then or before needs no statement. */
  private async arm(tx: Tx, kept: readonly Judged[]): Promise<void> {
    const earlier = kept.filter(
      ({ account, evaluation }) => evaluation.evaluation.dueAt < (account.armedFor ?? Infinity),
    );
    for (const { account, evaluation } of earlier) account.armedFor = evaluation.evaluation.dueAt;
    await armDue(
      tx,
      earlier.map(({ evaluation: { key, evaluation } }) => ({
        ...key,
        kind: evaluationDue,
        dueAt: new Date(evaluation.dueAt),
      })),
    );
  }

  /** Turns a judgement into rows and puts it into the account's state in memory. */
  private keep(account: HotAccount, evaluation: Evaluation): Kept {
    const { key, state } = account;
    const changedScore = state.score?.fingerprint !== evaluation.fingerprint;
    const { history } = state;
    const segment = stateAt(history.profile, { at: evaluation.at, knownAt: evaluation.at })?.segment ?? null;
    const day = zonedDay(evaluation.at, history.timeZone);
    const rollup = rollupOf(evaluation, segment, day);
    const changedRow = changedScore || state.score?.rollup !== rollup;
    const score = { ...heldScore(state.scoreVersion, evaluation, changedScore), rollup };
    const alerts = evaluation.signals.flatMap((outcome) => this.alertOf(account, evaluation, outcome));
    const signals = evaluation.signals
      .filter(
        ({ evaluation: signal }) => JSON.stringify(memoryOf(signal)) !== JSON.stringify(state.signals[signal.signal]),
      )
      .map(({ evaluation: signal }) => ({ key, signal: signal.signal, memory: memoryOf(signal) }));
    account.state = {
      ...state,
      score,
      scoreVersion: score.version,
      evaluatedAt: evaluation.at,
      signals: { ...state.signals, ...Object.fromEntries(signals.map((each) => [each.signal, each.memory])) },
      alerts: { ...state.alerts, ...Object.fromEntries(alerts.map(({ alert }) => [alert.state.signal, alert])) },
    };
    return { evaluation: { key, evaluation, score, day, segment }, changedScore, changedRow, signals, alerts };
  }

  private alertOf(account: HotAccount, evaluation: Evaluation, outcome: Evaluation['signals'][number]): Kept['alerts'] {
    const { transition } = outcome;
    const held = account.state.alerts[outcome.evaluation.signal];
    if (!transition.alert || (transition.change === 'unchanged' && transition.alert === held?.state)) return [];
    const fresh = transition.fresh || !held;
    const alertId = fresh ? randomUUID() : held.alertId;
    const { accountId } = account.key;
    if (transition.change === 'unchanged') {
      return held
        ? [{ alert: { key: account.key, alertId, state: transition.alert, data: held.data }, publish: false }]
        : [];
    }
    const origin = { alertId, accountId, version: transition.alert.version, consoleUrl: this.config.consoleUrl };
    const data = alertData(origin, transition.change, transition.alert, outcome, evaluation, account.state);
    const { history, facts } = account.state;
    const cause = fresh ? causeOf(outcome.evaluation, history, asOf(evaluation.at), facts.incidents) : null;
    if (!fresh) {
      data.causeId = held.data.causeId;
      data.relatedAlertIds = held.data.relatedAlertIds;
    }
    return [{ alert: { key: account.key, alertId, state: transition.alert, data, cause }, publish: true }];
  }
}

/** A live event is at most so late; one from before that has a wrong clock, and makes no account older than it is. */
const latestMs = 35 * 86_400_000;

function noteFirstSeen(account: HotAccount, events: readonly Envelope[]): void {
  const firstOf = ({ time, receivedat, knownat }: Envelope): number =>
    knownat === undefined ? Math.max(Date.parse(time), Date.parse(receivedat) - latestMs) : Date.parse(time);
  const first = Math.min(account.history.firstSeen, ...events.map(firstOf));
  if (first < account.history.firstSeen) account.put({ firstSeen: first });
}

/** The rest of what is written with a score: equal, and the same day, means that nothing has to be. */
function rollupOf({ arr, features, ticketsIn14Days }: Evaluation, segment: string | null, day: number): string {
  return JSON.stringify([day, segment, arr, features.values['active-users-28d'].value, ticketsIn14Days]);
}

function memoryOf({
  state,
  held,
  since,
  stateSince,
}: Evaluation['signals'][number]['evaluation']): KeptSignal['memory'] {
  return { state, held, since, stateSince };
}

function heldScore(before: number, { health, fingerprint }: Evaluation, changed: boolean): HeldScore {
  const { score, band, trend, coverage, modelVersion } = health;
  return {
    version: before + (changed ? 1 : 0),
    score,
    band,
    trend,
    coverage,
    modelVersion,
    fingerprint,
  };
}
