import type { DeliveryRow } from '@tenure/contracts';
import type { Destination } from '../destinations/destination.domain';
import { waitAfter } from './schedule.domain';

export const deliveryStatuses = ['pending', 'delivered', 'failed', 'exhausted'] as const;
export type DeliveryStatus = DeliveryRow['status'];

/** What is to be sent: the event as the destination's channel renders it. */
export interface Message {
  /** Stable over all attempts; receivers drop what they have seen. */
  readonly webhookId: string;
  readonly type: string;
  /** Event time, ISO 8601. */
  readonly timestamp: string;
  readonly data: unknown;
}

/** How one attempt ended. `refused`: this message never will; `gone`: this destination never will. */
export interface Outcome {
  readonly result: 'delivered' | 'retry' | 'refused' | 'gone';
  /** HTTP or SMTP status; null where there was no answer. */
  readonly status: number | null;
  readonly detail: string;
  /** How long the receiver asks us to wait, milliseconds. */
  readonly retryAfterMs?: number | null;
}

/** What follows from an attempt for the delivery and its destination. */
export interface Verdict {
  readonly status: DeliveryStatus;
  readonly nextAttemptAt: Date | null;
  readonly failingSince: Date | null;
  /** Set: the destination is disabled, for this reason. */
  readonly disable: string | null;
}

const day = 24 * 60 * 60 * 1_000;
/** A destination whose every attempt failed for this long is disabled. */
export const failingDays = 5;

/**
 * Draws the conclusions from one attempt.
 * @param made attempts made in this round, this one included
 * @param random from 0 to 1, for the jitter
 */
export function judge(
  outcome: Outcome,
  made: number,
  destination: Pick<Destination, 'failingSince'>,
  now: Date,
  random: number,
): Verdict {
  if (outcome.result === 'delivered')
    return { status: 'delivered', nextAttemptAt: null, failingSince: null, disable: null };
  const failingSince = destination.failingSince ?? now;
  const disable = reasonToDisable(outcome, failingSince, now);
  if (outcome.result !== 'retry' || disable) return { status: 'failed', nextAttemptAt: null, failingSince, disable };
  const wait = waitAfter(made, random);
  if (wait === null) return { status: 'exhausted', nextAttemptAt: null, failingSince, disable: null };
  const nextAttemptAt = new Date(now.getTime() + Math.max(wait, outcome.retryAfterMs ?? 0));
  return { status: 'pending', nextAttemptAt, failingSince, disable: null };
}

function reasonToDisable(outcome: Outcome, failingSince: Date, now: Date): string | null {
  if (outcome.result === 'gone') return `The receiver wants no more: ${outcome.detail}`;
  if (now.getTime() - failingSince.getTime() < failingDays * day) return null;
  return `Every attempt of ${failingDays} days failed; the last: ${outcome.detail}`;
}

const headerSafe = /^[\x21-\x7e]{1,200}$/;

/** The event's own id where it can stand in a header, else the delivery's. */
export function webhookIdOf(eventId: string, deliveryId: string): string {
  return headerSafe.test(eventId) ? eventId : deliveryId;
}
