const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** The published waits before each attempt, counted from the attempt before; milliseconds. */
export const schedule = [
  0,
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
] as const;

/** Up to this share is added or taken, so that what failed together does not come back together. */
export const jitter = 0.05;

const longestAsked = 24 * hour;

/**
 * Milliseconds until the next attempt; null when the schedule is used up.
 * @param made attempts made so far
 * @param random from 0 to 1
 */
export function waitAfter(made: number, random: number): number | null {
  const wait = schedule[made];
  return wait === undefined ? null : Math.round(wait * (1 + jitter * (2 * random - 1)));
}

/**
 * `Retry-After` in milliseconds from now: seconds, or an HTTP date. Null where it is missing or makes no sense; at most
 * a day, because nobody should be able to park an alert for a year.
 */
export function parseRetryAfter(text: string | null | undefined, now: Date): number | null {
  const value = text?.trim();
  if (!value) return null;
  const asked = /^\d{1,12}$/.test(value) ? Number(value) * second : httpDate(value) - now.getTime();
  return Number.isNaN(asked) ? null : Math.min(Math.max(0, asked), longestAsked);
}

function httpDate(text: string): number {
  return /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
}
