import type { UsageDays, UsageScope } from '../history/usage-days';

/** Human active users of windows of equal length, the newest first; only windows that lie wholly within the history. */
export function activeByWindow(usage: UsageDays, scope: UsageScope, days: number, windows: number): number[] {
  return usage.remember(`active:${days}:${windows}`, scope, () => {
    const first = usage.firstDay(scope.known);
    const counts: number[] = [];
    for (let i = 0; i < windows; i++) {
      const to = scope.through - i * days;
      const from = to - days + 1;
      // The newest window always counts: an account that fell silent has zero users in it, not a missing number.
      if (first === null || (i > 0 && from < first)) break;
      counts.push(usage.countActive(from, to, scope.known, scope.except));
    }
    return counts;
  });
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
export function fastChange(usage: UsageDays, scope: UsageScope): Change | null {
  const [now, ...before] = activeByWindow(usage, scope, 14, 13);
  if (now === undefined || before.length < 2) return null;
  return change(now, before.slice(0, 4), before);
}

/** Mean of the last 4 weeks against the mean of weeks 5–26. Null below eight weeks of base. */
export function slowChange(usage: UsageDays, scope: UsageScope): Change | null {
  const weeks = activeByWindow(usage, scope, 7, 26);
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
