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

const tellable = { from: Date.UTC(1900, 0, 1), to: Date.UTC(9999, 0, 1) };

/** Whether a client's own time can be written down as it was sent. */
export const isTellable = (ms: number | undefined): ms is number =>
  ms !== undefined && ms >= tellable.from && ms < tellable.to;

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

const twoDigits = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const threeDigits = Array.from({ length: 1_000 }, (_, n) => String(n).padStart(3, '0'));
let minute = Number.NaN;
let untilMinute = '';

/** `Date.toISOString` for the years 0 to 9999, at a fraction of its cost: neighbours lie in the same minute mostly. */
export function isoOf(ms: number): string {
  const whole = Math.trunc(ms);
  const own = Math.floor(whole / 60_000);
  if (own !== minute) {
    untilMinute = new Date(own * 60_000).toISOString().slice(0, 17);
    minute = own;
  }
  const rest = whole - own * 60_000;
  const second = Math.floor(rest / 1_000);
  return `${untilMinute}${twoDigits[second]}.${threeDigits[rest - second * 1_000]}Z`;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) && Math.abs(value) < 8.64e15 ? value : undefined;
}
