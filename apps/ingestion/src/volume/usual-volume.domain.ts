import { hourMs } from './volume-tally.domain';

/**
 * How a source stands. `no-data`: nothing came yet. `learning`: too little to compare with. `usual`: as usual. `silent`:
 * nothing comes although it should. `low`, `high`: its volume left its usual band.
 */
export const volumeStatuses = ['no-data', 'learning', 'usual', 'silent', 'low', 'high'] as const;
export type VolumeStatus = (typeof volumeStatuses)[number];

/** How a source was found. `sinceMs`: when that began, where it is a fault. `detail`: a sentence with the numbers. */
export interface Judgement {
  readonly status: VolumeStatus;
  readonly sinceMs: number | null;
  readonly detail: string;
}

/** Events of an hour (accepted and held) by the hour's number since 1970; hours without any are left out. */
export type Hours = ReadonlyMap<number, number>;

const weekHours = 168;
/** Two weeks, so that every hour of the week was seen twice. */
const leastHours = 2 * weekHours;
const mostWeeks = 4;
/** Fewer expected than this are no ground for a judgement: they can fail to come by chance. */
const leastExpected = 10;
const windows = [
  { hours: 3, tolerance: 0.5 },
  { hours: 24, tolerance: 0.3 },
] as const;

/**
 * Judges by the last complete hours against the same hours of the last four weeks (and one hour to each side of them):
 * median ± the widest of 3 × 1.4826 × MAD, a share of the median (half for 3 hours, 30 % for a day; twice that upwards)
 * and 3 √median. Silent: since its last event, in each of those weeks at least 10 events came; or the gap is twice the
 * longest of these weeks, and at least a day.
 */
export function judgeVolume(hours: Hours, lastMs: number | null, nowMs: number): Judgement {
  if (lastMs === null || hours.size === 0) return { status: 'no-data', sinceMs: null, detail: 'Nothing came yet.' };
  const thisHour = Math.floor(nowMs / hourMs);
  const first = Math.max(Math.min(...hours.keys()), thisHour - mostWeeks * weekHours - 25);
  if (thisHour - first < leastHours) {
    const days = Math.ceil((leastHours - (thisHour - first)) / 24);
    const detail = `Its usual volume is known after two weeks; ${days} ${days === 1 ? 'day' : 'days'} to go.`;
    return { status: 'learning', sinceMs: null, detail };
  }
  return silence(hours, first, lastMs, nowMs) ?? outside(hours, first, thisHour) ?? usual;
}

const usual: Judgement = { status: 'usual', sinceMs: null, detail: 'Its volume is as usual.' };

function silence(hours: Hours, first: number, lastMs: number, nowMs: number): Judgement | undefined {
  const thisHour = Math.floor(nowMs / hourMs);
  const lastHour = Math.floor(lastMs / hourMs);
  const empty = thisHour - lastHour - 1;
  if (empty < 1) return undefined;
  const sent = weeksBefore(hours, first, lastHour + 1, empty, [0]);
  const least = sent.length === 0 ? 0 : Math.min(...sent);
  if (sent.length >= 2 && least >= leastExpected) {
    const detail = `No event since its last one; in the weeks before, at least ${whole(least)} came in the same hours.`;
    return { status: 'silent', sinceMs: lastMs, detail };
  }
  const longest = longestGap(hours, first, lastHour);
  if (nowMs - lastMs <= Math.max(24, 2 * longest) * hourMs) return undefined;
  const detail = `No event since its last one; its longest gap of the last weeks was ${spoken(longest)}.`;
  return { status: 'silent', sinceMs: lastMs, detail };
}

function outside(hours: Hours, first: number, thisHour: number): Judgement | undefined {
  for (const { hours: length, tolerance } of windows) {
    const from = thisHour - length;
    const seen = sum(hours, from, length);
    const before = weeksBefore(hours, first, from, length, [-1, 0, 1]);
    const band = bandOf(before, tolerance);
    if (before.length < 5 || band.middle < leastExpected) continue;
    const range = `${whole(Math.max(0, band.low))} to ${whole(band.high)}`;
    const detail = `${whole(seen)} events in ${spoken(length)}; usual there: ${range}.`;
    if (seen < band.low) return { status: 'low', sinceMs: from * hourMs, detail };
    if (seen > band.high) return { status: 'high', sinceMs: from * hourMs, detail };
  }
  return undefined;
}

/** The usual band of a number that was seen as `values` before. */
export function bandOf(values: readonly number[], tolerance: number): { low: number; middle: number; high: number } {
  const middle = median(values);
  const mad = median(values.map((value) => Math.abs(value - middle)));
  const chance = Math.max(3 * 1.4826 * mad, 3 * Math.sqrt(middle));
  return {
    low: middle - Math.max(chance, tolerance * middle),
    middle,
    high: middle + Math.max(chance, 2 * tolerance * middle),
  };
}

/** The usual band of one hour; undefined while too little is known. */
export function bandOfHour(hours: Hours, hour: number): { low: number; middle: number; high: number } | undefined {
  if (hours.size === 0) return undefined;
  const values = weeksBefore(hours, Math.min(...hours.keys()), hour, 1, [-1, 0, 1]);
  return values.length < 5 ? undefined : bandOf(values, windows[0].tolerance);
}

/** What came in the same `length` hours of the weeks before, moved by each of `shifts`; only whole ones. */
function weeksBefore(hours: Hours, first: number, from: number, length: number, shifts: readonly number[]): number[] {
  const values: number[] = [];
  for (let week = 1; week <= mostWeeks; week += 1) {
    for (const shift of shifts) {
      const start = from - week * weekHours + shift;
      // A gap longer than a week would compare with itself.
      if (start >= first && length <= weekHours) values.push(sum(hours, start, length));
    }
  }
  return values;
}

function sum(hours: Hours, from: number, length: number): number {
  let total = 0;
  for (let hour = from; hour < from + length; hour += 1) total += hours.get(hour) ?? 0;
  return total;
}

/** The longest run of hours without an event between the first and the last. */
function longestGap(hours: Hours, first: number, last: number): number {
  let longest = 0;
  let run = 0;
  for (let hour = first; hour <= last; hour += 1) {
    run = (hours.get(hour) ?? 0) > 0 ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return longest;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}

const whole = (value: number): string => String(Math.round(value));

function spoken(hours: number): string {
  if (hours === 24) return 'a day';
  return hours < 48 ? `${hours} ${hours === 1 ? 'hour' : 'hours'}` : `${Math.round(hours / 24)} days`;
}
