import { bitmapHas, bitmapOr, bitmapWithout, popcount, type Bitmap } from '../history/bitmap';
import type { UsageDays, UsageScope } from '../history/usage-days';
import { businessDaysBetween } from '../time/business-days';
import type { EpochDay } from '../time/day';
import type { View } from './standpoint';

/** Human active users of windows of equal length, the newest first; only windows that lie wholly within the history. */
export function activeByWindow(
  usage: UsageDays,
  scope: UsageScope,
  days: number,
  windows: number,
  names?: readonly string[],
): number[] {
  return usage.remember(`active:${days}:${windows}:${names?.join('\n') ?? ''}`, scope, () => {
    const first = usage.firstDay(scope.known, scope.through);
    const counts: number[] = [];
    for (let i = 0; i < windows; i++) {
      const to = scope.through - i * days;
      const from = to - days + 1;
      // The newest window always counts: an account that fell silent has zero users in it, not a missing number.
      if (first === null || (i > 0 && from < first)) break;
      counts.push(
        names
          ? popcount(usage.usersOf(names, from, to, scope.known, scope.except))
          : usage.countActive(from, to, scope.known, scope.except),
      );
    }
    return counts;
  });
}

/** A week must have this many business days to be compared with others. */
const MIN_BUSINESS_DAYS = 3;

/** Mean level of the last `weeks` weeks and the trend in it: the straight line's rise per week ÷ the mean. */
export interface Trend {
  readonly level: number;
  /** Share of the mean level per week; null where a line makes no sense. */
  readonly slope: number | null;
  readonly weeks: number;
}

/**
 * Weekly active users over the last `weeks` weeks: whole weeks hold every weekday once, and a week of holidays is left
 * out of the line. Null where the history is shorter.
 */
export function weeklyTrend(view: View, weeks: number): Trend | null {
  const { history, today, known, except } = view;
  const scope = { through: today - 1, known, except, holidays: history.holidays };
  return history.usage.remember(`trend:${weeks}`, scope, () => {
    const counts = activeByWindow(history.usage, { through: scope.through, known, except }, 7, 26).slice(0, weeks);
    if (counts.length < weeks) return null;
    const points = counts.flatMap((value, i) => {
      const from = scope.through - 7 * i - 6;
      return businessDaysBetween(from, from + 7, history.holidays) < MIN_BUSINESS_DAYS ? [] : [{ x: -i, y: value }];
    });
    const level = average(counts);
    return { level, slope: points.length < 3 || level === 0 ? null : rise(points) / level, weeks };
  });
}

/** Least squares. */
function rise(points: readonly { readonly x: number; readonly y: number }[]): number {
  const mx = average(points.map(({ x }) => x));
  const my = average(points.map(({ y }) => y));
  const across = points.reduce((sum, { x, y }) => sum + (x - mx) * (y - my), 0);
  return across / points.reduce((sum, { x }) => sum + (x - mx) ** 2, 0);
}

/** A present level beside its base. `base` counts the windows that the baseline averages. */
export interface Change {
  readonly now: number;
  readonly baseline: number;
  readonly change: number;
  /** The series' own noise: standard deviation by successive differences, so that a steady trend is not taken for noise. */
  readonly sigma: number;
  readonly baseWindows: number;
}

/** 14 complete days against the mean of (up to) the four 14-day windows before. Null below two windows of base. */
export function fastChange(usage: UsageDays, scope: UsageScope, names?: readonly string[]): Change | null {
  const [now, ...before] = activeByWindow(usage, scope, 14, 13, names);
  if (now === undefined || before.length < 2) return null;
  return change(now, before.slice(0, 4), before);
}

/** Mean of the last 4 weeks against the mean of weeks 5–26. Null below eight weeks of base. */
export function slowChange(usage: UsageDays, scope: UsageScope, names?: readonly string[]): Change | null {
  const weeks = activeByWindow(usage, scope, 7, 26, names);
  if (weeks.length < 12) return null;
  const now = average(weeks.slice(0, 4));
  return change(now, weeks.slice(4), weeks.slice(4));
}

function change(now: number, base: readonly number[], series: readonly number[]): Change {
  const baseline = average(base);
  return {
    now,
    baseline,
    change: baseline > 0 ? (now - baseline) / baseline : 0,
    sigma: noise(series),
    baseWindows: base.length,
  };
}

/** von Neumann's estimate: √(mean squared successive difference ÷ 2). */
function noise(series: readonly number[]): number {
  let sum = 0;
  for (let i = 1; i < series.length; i++) sum += ((series[i] ?? 0) - (series[i - 1] ?? 0)) ** 2;
  return series.length < 2 ? 0 : Math.sqrt(sum / (2 * (series.length - 1)));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** The days of a window that ends today, apart from today: what is remembered until one of them changes. */
function closedDays(view: View): UsageScope {
  return { through: view.today - 1, known: view.known, except: view.except };
}

/** Human users active in the last `days` days including today. */
export function activeRecently(view: View, days: number): Bitmap {
  const { usage } = view.history;
  const { today, known, except } = view;
  const closed = usage.remember(`users:${days}`, closedDays(view), () =>
    usage.activeUsers(today - days + 1, today - 1, known, except),
  );
  return bitmapOr(closed, usage.activeUsers(today, today, known, except));
}

/** Names of the events of the last `days` days including today. */
export function namesUsedRecently(view: View, days: number): ReadonlySet<string> {
  const { usage } = view.history;
  const closed = usage.remember(`names:${days}`, closedDays(view), () =>
    usage.namesUsed(view.today - days + 1, view.today - 1, view.known),
  );
  return new Set([...closed, ...usage.namesUsed(view.today, view.today, view.known)]);
}

/** Days of use per user ordinal in the last `days` days including today. */
export function daysPerUser(view: View, days: number): readonly number[] {
  const closed = view.history.usage.remember(`per-user:${days}`, closedDays(view), () => {
    const counts: number[] = [];
    for (let day = view.today - days + 1; day < view.today; day++) countDay(view, day, counts);
    return counts;
  });
  const counts = Array.from(closed, (days) => days ?? 0);
  countDay(view, view.today, counts);
  return counts;
}

function countDay(view: View, day: EpochDay, counts: number[]): void {
  const rows = view.history.usage.rows(day, view.known);
  if (rows.length === 0) return;
  const users = bitmapWithout(rows.map((row) => row.users).reduce(bitmapOr), view.except);
  for (let ordinal = 0; ordinal < users.length * 8; ordinal++)
    counts[ordinal] = (counts[ordinal] ?? 0) + (bitmapHas(users, ordinal) ? 1 : 0);
}
