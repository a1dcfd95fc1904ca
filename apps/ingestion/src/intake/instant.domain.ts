/** Clients whose clock runs ahead by up to this much keep their order; what is later still is taken as now. */
const aheadMs = 5 * 60 * 1000;

/** Nothing that a customer base records happened before; earlier means a clock that was never set. */
const beginningMs = Date.UTC(2000, 0, 1);

/**
 * Milliseconds of an instant as clients write it: RFC 3339 text, milliseconds or seconds since 1970. Undefined for
 * anything else.
 */
export function readInstant(value: unknown): number | undefined {
  if (typeof value === 'string' && value.length >= 10 && value.length <= 40) return finite(Date.parse(value));
  if (typeof value === 'number') return finite(Math.abs(value) < 1e11 ? value * 1000 : value);
  return undefined;
}

/** The times of one item as its client sent them; unreadable ones are undefined. */
export interface SentTimes {
  readonly original: number | undefined;
  readonly sent: number | undefined;
}

/**
 * When the thing happened, by our clock: `receivedAt − (sentAt − originalTimestamp)`, Segment's rule, which takes the
 * client's wrong clock out. Without a `sentAt` the original time counts as it is. See `plausible` for what is clamped.
 */
export function correctedTime(times: SentTimes, receivedMs: number): number {
  if (times.original === undefined) return receivedMs;
  if (times.sent === undefined) return plausible(times.original, receivedMs);
  return plausible(receivedMs - Math.max(0, times.sent - times.original), receivedMs);
}

/** The time itself, or `receivedMs` where a clock must have been wrong: before 2000, or more than 5 minutes ahead. */
export function plausible(timeMs: number, receivedMs: number): number {
  return timeMs < beginningMs || timeMs > receivedMs + aheadMs ? receivedMs : timeMs;
}

/** When an imported event became known: as its sender says, else when it happened; never later than now. */
export function knownTime(stated: unknown, timeMs: number, receivedMs: number): number {
  const known = readInstant(stated) ?? timeMs;
  return known < beginningMs || known > receivedMs ? Math.min(timeMs, receivedMs) : known;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) && Math.abs(value) < 8.64e15 ? value : undefined;
}
