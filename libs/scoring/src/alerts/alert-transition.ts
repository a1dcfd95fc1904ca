import type { SignalEvaluation } from '../signals/signal';
import type { Instant } from '../time/day';
import { DEFAULT_ALERT_TIMING, type AlertState, type AlertTiming, type AlertTransition } from './alert';
import type { GradedSeverity } from './severity';

/** What an evaluation does to the alert of its account and signal. Pure; never publishes the same change twice. */
export function alertTransition(
  _previous: AlertState | null,
  _evaluation: SignalEvaluation,
  _graded: GradedSeverity,
  _now: Instant,
  _timing: AlertTiming = DEFAULT_ALERT_TIMING,
): AlertTransition {
  throw new Error('in work');
}
