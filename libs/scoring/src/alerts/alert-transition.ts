import type { SignalEvaluation, WhyNot } from '../signals/signal';
import type { Instant } from '../time/day';
import {
  DEFAULT_ALERT_TIMING,
  type AlertChange,
  type AlertState,
  type AlertTiming,
  type AlertTransition,
  type ResolutionReason,
} from './alert';
import { severityRank, type GradedSeverity } from './severity';

type Resolved = Extract<AlertState, { status: 'resolved' }>;
type Active = Exclude<AlertState, Resolved>;

interface Situation {
  readonly evaluation: SignalEvaluation;
  readonly graded: GradedSeverity;
  readonly now: Instant;
  readonly timing: AlertTiming;
}

/**
 * What an evaluation does to the alert of its account and signal. Pure and idempotent: the same evaluation at the same
 * time a second time changes nothing. `preexisting` and `test` are the caller's to set on a fresh alert.
 */
export function alertTransition(
  previous: AlertState | null,
  evaluation: SignalEvaluation,
  graded: GradedSeverity,
  now: Instant,
  timing: AlertTiming = DEFAULT_ALERT_TIMING,
): AlertTransition {
  const situation: Situation = { evaluation, graded, now, timing };
  if (previous === null) return evaluation.state === 'holds' ? opened(situation) : unchanged(null, null);
  if (previous.status === 'resolved') return afterResolved(previous, situation);
  if (evaluation.state === 'not-assessable') return unassessed(previous, evaluation.why, situation);
  return evaluation.state === 'holds' ? stillHolds(previous, situation) : clearing(previous, situation);
}

function unchanged(alert: AlertState | null, nextDueAt: Instant | null): AlertTransition {
  return { change: 'unchanged', alert, fresh: false, nextDueAt };
}

function changed(
  change: AlertChange,
  alert: AlertState,
  now: Instant,
  nextDueAt: Instant | null = null,
): AlertTransition {
  return { change, alert: { ...alert, version: alert.version + 1, updatedAt: now }, fresh: false, nextDueAt };
}

function opened({ evaluation, graded, now }: Situation): AlertTransition {
  const alert: AlertState = {
    status: 'open',
    signal: evaluation.signal,
    version: 1,
    severity: graded.severity,
    severityReason: graded.reason,
    conditionSince: evaluation.since,
    openedAt: now,
    updatedAt: now,
    preexisting: false,
    clearSince: null,
    lowerSince: null,
  };
  return { change: 'opened', alert, fresh: true, nextDueAt: null };
}

/**
 * A resolved alert opens anew only after the cool-off. What a person resolved while it held must have been clear once,
 * or (unless it was a false alarm) have become worse.
 */
function afterResolved(previous: Resolved, situation: Situation): AlertTransition {
  const { evaluation, graded, now, timing } = situation;
  if (evaluation.state === 'clear')
    return unchanged(previous.clearSince === null ? { ...previous, clearSince: now } : previous, null);
  if (evaluation.state !== 'holds') return unchanged(previous, null);
  const worse = severityRank(graded.severity) > severityRank(previous.severity);
  if (previous.clearSince === null && previous.resolution.by !== null)
    return worse && previous.resolution.reason !== 'false-alarm' ? opened(situation) : unchanged(previous, null);
  const free = previous.resolvedAt + timing.coolOffMs;
  return now >= free ? opened(situation) : unchanged(previous, free);
}

function stillHolds(previous: Active, situation: Situation): AlertTransition {
  const { graded, now, timing } = situation;
  const held: Active = { ...previous, clearSince: null };
  const step = severityRank(graded.severity) - severityRank(previous.severity);
  const graver = { severity: graded.severity, severityReason: graded.reason, lowerSince: null };
  if (step > 0) {
    const woken = previous.status === 'snoozed' && previous.snooze.untilWorse ? awake(held) : held;
    return changed('escalated', { ...woken, ...graver }, now, snoozeEnd(woken));
  }
  if (previous.status === 'snoozed' && previous.snooze.until !== null && now >= previous.snooze.until)
    return changed('opened', awake(held), now);
  if (step === 0) return unchanged({ ...held, lowerSince: null }, snoozeEnd(held));
  const lowerSince = previous.lowerSince ?? now;
  const falls = lowerSince + timing.deEscalateAfterMs;
  if (now >= falls) return changed('de-escalated', { ...held, ...graver }, now, snoozeEnd(held));
  return unchanged({ ...held, lowerSince }, earlier(falls, snoozeEnd(held)));
}

function clearing(previous: Active, { evaluation, now }: Situation): AlertTransition {
  const clearSince = previous.clearSince ?? now;
  const due = clearSince + evaluation.clearAfterMs;
  if (now < due) return unchanged({ ...previous, clearSince }, due);
  return resolved({ ...previous, clearSince }, 'cleared', now);
}

/** Frozen inputs resolve nothing for a while; an input that was disconnected, or a signal switched off, ends the alert. */
function unassessed(previous: Active, why: WhyNot | null, { evaluation, now, timing }: Situation): AlertTransition {
  if (why === 'off' || why === 'not-a-customer') return resolved(previous, 'superseded', now);
  if (why === 'never') return resolved(previous, 'input-stale', now);
  if (why !== 'stale') return unchanged(previous, snoozeEnd(previous));
  const end = evaluation.stateSince + timing.staleAfterMs;
  return now >= end ? resolved(previous, 'input-stale', now) : unchanged(previous, end);
}

function resolved(previous: Active, reason: ResolutionReason, now: Instant): AlertTransition {
  const facts = factsOf(previous);
  const resolution = { reason, by: null, note: null };
  return changed('resolved', { ...facts, status: 'resolved', resolution, resolvedAt: now }, now);
}

function snoozeEnd(alert: AlertState): Instant | null {
  return alert.status === 'snoozed' ? alert.snooze.until : null;
}

const earlier = (a: Instant, b: Instant | null) => (b === null ? a : Math.min(a, b));

function awake(alert: Active): Active {
  return { ...factsOf(alert), status: 'open' };
}

/** The facts of an alert without what belongs to its present status. */
export function factsOf(alert: AlertState): Omit<Extract<AlertState, { status: 'open' }>, 'status'> {
  const { signal, version, severity, severityReason, conditionSince, openedAt, updatedAt } = alert;
  const { preexisting, clearSince, lowerSince } = alert;
  return {
    ...{ signal, version, severity, severityReason, conditionSince, openedAt, updatedAt },
    ...{ preexisting, clearSince, lowerSince },
  };
}
