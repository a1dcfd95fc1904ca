import { type AlertChange, type Evidence, fromMinor, type RiskAlert } from '@tenure/contracts';
import { type AlertState, type Evidence as SignalEvidence, isoFromDay, SIGNALS, stateAt } from '@tenure/scoring';

import type { Evaluation, SignalOutcome } from '../evaluation/evaluation.domain';
import type { HotState } from '../history/hot-state.domain';

/** What an alert is, beside its state: who it is about and where it is shown. */
export interface AlertOrigin {
  readonly alertId: string;
  readonly accountId: string;
  readonly version: number;
  readonly consoleUrl: string;
}

const iso = (at: number): string => new Date(at).toISOString();

/** The whole published alert after a change. What is not known is null; nothing is left out. */
export function alertData(
  origin: AlertOrigin,
  change: AlertChange,
  alert: AlertState,
  outcome: SignalOutcome,
  evaluation: Evaluation,
  state: HotState,
): RiskAlert {
  const { evaluation: signal } = outcome;
  return {
    ...life(origin, change, alert),
    signal: signal.signal,
    signalVersion: signal.signalVersion,
    summary: signal.summary,
    inputAsOf: iso(evaluation.at),
    ...account(origin, evaluation, state),
    ...money(evaluation),
    ...health(evaluation, state),
    evidence: signal.evidence.map(published),
    causeId: null,
    relatedAlertIds: [],
    recommendedAction: SIGNALS.find((each) => each.name === signal.signal)?.recommendedAction ?? null,
    url: `${origin.consoleUrl}/accounts/${encodeURIComponent(origin.accountId)}?alert=${origin.alertId}`,
  };
}

/** The parts of an alert that its life decides; a person's action changes only these. */
export function life(origin: Pick<AlertOrigin, 'alertId' | 'version'>, change: AlertChange, alert: AlertState) {
  return {
    alertId: origin.alertId,
    version: origin.version,
    change,
    status: alert.status,
    severity: alert.severity,
    severityReason: alert.severityReason,
    conditionSince: iso(alert.conditionSince ?? alert.openedAt),
    openedAt: iso(alert.openedAt),
    updatedAt: iso(alert.updatedAt),
    preexisting: alert.preexisting,
    test: false,
    acknowledgedBy: alert.status === 'acknowledged' ? personOf(alert.acknowledgedBy) : null,
    snoozedUntil: alert.status === 'snoozed' && alert.snooze.until !== null ? iso(alert.snooze.until) : null,
    resolution:
      alert.status === 'resolved'
        ? {
            reason: alert.resolution.reason,
            by: alert.resolution.by === null ? null : personOf(alert.resolution.by),
            note: alert.resolution.note,
          }
        : null,
  };
}

/** Who acted is kept as JSON in the state machine's plain text field, so that a name survives the person's leaving. */
export function personOf(text: string): { id: string | null; name: string | null; email: string | null } {
  try {
    return JSON.parse(text) as { id: string; name: string | null; email: string | null };
  } catch {
    return { id: text, name: null, email: null };
  }
}

function account(origin: AlertOrigin, evaluation: Evaluation, state: HotState) {
  const profile = stateAt(state.history.profile, { at: evaluation.at, knownAt: evaluation.at });
  return {
    accountId: origin.accountId,
    accountName: state.facts.name,
    externalIds: { ...state.facts.externalIds },
    parentId: state.facts.parentId,
    segment: profile?.segment ?? null,
    stage: profile?.stage ?? null,
    owner: state.facts.owner,
    tags: [...state.facts.tags],
  };
}

function money({ arr, terms }: Evaluation) {
  const amount = arr ? fromMinor(arr.minor, arr.currency) : null;
  return {
    arr: amount,
    currency: arr?.currency ?? null,
    arrAtRisk: amount,
    decisionDate: terms.decisionDate === null ? null : isoFromDay(terms.decisionDate),
    daysToDecision: terms.daysToDecision,
  };
}

function health({ health: now }: Evaluation, { score: before }: HotState) {
  return {
    coverage: now.coverage,
    score: now.score,
    scoreBefore: before?.score ?? null,
    band: now.band,
    bandBefore: before?.band ?? null,
    modelVersion: now.modelVersion,
  };
}

function published(line: SignalEvidence): Evidence {
  return { ...line, window: line.window?.label ?? null, ids: line.ids.slice(0, 100) };
}
