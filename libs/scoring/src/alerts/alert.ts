import type { Severity, SignalName } from '../signals/signal';
import type { Instant } from '../time/day';

export type ResolutionReason = 'cleared' | 'manual' | 'false-alarm' | 'superseded' | 'input-stale';

export interface Resolution {
  readonly reason: ResolutionReason;
  readonly by: string | null;
  readonly note: string | null;
}

export interface Snooze {
  /** Null: only until it gets worse. */
  readonly until: Instant | null;
  readonly untilWorse: boolean;
  readonly by: string;
}

interface AlertFacts {
  readonly signal: SignalName;
  readonly version: number;
  readonly severity: Severity;
  readonly severityReason: string;
  readonly conditionSince: Instant | null;
  readonly openedAt: Instant;
  readonly updatedAt: Instant;
  readonly preexisting: boolean;
  /** Since when the condition has been clear without a break; null while it holds. */
  readonly clearSince: Instant | null;
  /** Since when the severity has been lower than shown; it falls only after `deEscalateAfterMs`. */
  readonly lowerSince: Instant | null;
}

export type AlertState =
  | (AlertFacts & { readonly status: 'open' })
  | (AlertFacts & { readonly status: 'acknowledged'; readonly acknowledgedBy: string })
  | (AlertFacts & { readonly status: 'snoozed'; readonly snooze: Snooze })
  | (AlertFacts & { readonly status: 'resolved'; readonly resolution: Resolution; readonly resolvedAt: Instant });

export type AlertChange = 'opened' | 'escalated' | 'de-escalated' | 'acknowledged' | 'snoozed' | 'resolved';

/** `unchanged` may still carry a new alert (clearSince, lowerSince): store it, publish nothing. */
export interface AlertTransition {
  readonly change: AlertChange | 'unchanged';
  /** Null only while there never was one. A new life after a resolved one has `fresh`: give it a new id. */
  readonly alert: AlertState | null;
  readonly fresh: boolean;
  /** When the clock alone could change it. */
  readonly nextDueAt: Instant | null;
}

export type AlertCommand =
  | { readonly kind: 'acknowledge'; readonly by: string }
  | { readonly kind: 'snooze'; readonly by: string; readonly until: Instant | null; readonly untilWorse: boolean }
  | {
      readonly kind: 'resolve';
      readonly by: string;
      readonly reason: 'manual' | 'false-alarm' | 'superseded';
      readonly note: string | null;
    }
  | { readonly kind: 'reopen'; readonly by: string };

export type CommandResult =
  | { readonly ok: true; readonly change: AlertChange; readonly alert: AlertState }
  | { readonly ok: false; readonly code: 'conflict' | 'invalid'; readonly detail: string };

export interface AlertTiming {
  /** A lower severity must have stood this long before the alert falls to it. */
  readonly deEscalateAfterMs: number;
  /** After resolving, the same signal opens no new alert for this long. */
  readonly coolOffMs: number;
  /** An alert whose input has been stale this long resolves as `input-stale`. */
  readonly staleAfterMs: number;
}

export const DEFAULT_ALERT_TIMING: AlertTiming = {
  deEscalateAfterMs: 86_400_000,
  coolOffMs: 3 * 86_400_000,
  staleAfterMs: 30 * 86_400_000,
};
