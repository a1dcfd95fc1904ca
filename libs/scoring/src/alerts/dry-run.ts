import { viewOf } from '../features/standpoint';
import type { AccountHistory } from '../history/account-history';
import { asOf, stateAt, versionAt, type AsOf } from '../history/as-of';
import { evaluateSignal } from '../signals/evaluate-signals';
import type { SignalContext, SignalDefinition, SignalMemory, SignalSettings } from '../signals/signal';
import type { EpochDay, Instant } from '../time/day';
import { dayStart, zonedDay } from '../time/zoned-day';
import type { AlertState } from './alert';
import { alertTransition } from './alert-transition';

/** A period of the past in the account's days, both included. */
export interface Period {
  readonly from: EpochDay;
  readonly to: EpochDay;
}

/** An alert that would have opened. */
export interface Firing {
  readonly day: EpochDay;
  readonly summary: string;
  /** The day on which it would have been resolved; null: still open at the end. */
  readonly until: EpochDay | null;
}

const GRADED = { severity: 'medium', reason: '' } as const;

/**
 * The alerts that a signal would have raised with these settings: every day of the past is judged with what was known
 * then, by the functions that judge today, with hysteresis and cool-off. What was true on the first day already does not
 * count: it did not begin in the period.
 */
export function dryRun(
  definition: SignalDefinition,
  history: AccountHistory,
  period: Period,
  settings: SignalSettings | undefined,
  context: SignalContext = {},
): Firing[] {
  const firings: Firing[] = [];
  let memory: SignalMemory | null = null;
  let alert: AlertState | null = null;
  const first = Math.max(period.from - 1, zonedDay(history.firstSeen, history.timeZone));
  for (let day = first; day <= period.to; day++) {
    const at = dayStart(day + 1, history.timeZone) - 1;
    const evaluation = evaluateSignal(definition, history, asOf(at), context, memory, settings);
    const transition = alertTransition(alert, evaluation, GRADED, at);
    if (transition.change === 'opened' && day >= period.from && !(day === first && day > period.from))
      firings.push({ day, summary: evaluation.summary, until: null });
    const last = firings.at(-1);
    if (transition.change === 'resolved' && last && last.until === null)
      firings[firings.length - 1] = { ...last, until: day };
    ({ alert } = transition);
    memory = evaluation;
  }
  return firings;
}

/** The day from which the account is no customer any more, as known at the standpoint; null: it still is one. */
export function lostOn(history: AccountHistory, when: AsOf): EpochDay | null {
  const profile = versionAt(history.profile, when);
  if (profile?.state.stage === 'churned') return zonedDay(churnedAt(history, when, profile.at), history.timeZone);
  const { arrSource, inForce, overdue, decisionDate } = viewOf(history, when).terms;
  if (arrSource !== 'contracts' || inForce.length > 0 || overdue.length > 0 || decisionDate !== null) return null;
  const ends = history.contracts.flatMap(({ states }) => {
    const version = versionAt(states, when);
    if (!version || version.state.status === 'draft') return [];
    const { status, end, effectiveDay } = version.state;
    return [status === 'cancelled' ? (effectiveDay ?? zonedDay(version.at, history.timeZone)) : end + 1];
  });
  return ends.length > 0 ? Math.max(...ends) : null;
}

/** Since when the stage has been churned without a break. */
function churnedAt(history: AccountHistory, when: AsOf, latest: Instant): Instant {
  const before = history.profile.map(({ at }) => at).filter((at) => at < latest);
  let start = latest;
  for (const at of before.sort((a, b) => b - a)) {
    if (stateAt(history.profile, { at, knownAt: when.knownAt })?.stage !== 'churned') break;
    start = at;
  }
  return start;
}
