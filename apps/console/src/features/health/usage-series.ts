import type { UsageDay } from '../../api/types';
import { addDays } from '../../format/dates';

/** Every day of the range, with zeros where nothing was recorded: a gap in the data is a gap in use, and must look like one. */
export function fillDays(days: readonly UsageDay[], from: string, to: string): UsageDay[] {
  const known = new Map(days.map((entry) => [entry.day, entry]));
  const filled: UsageDay[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    filled.push(known.get(day) ?? { day, events: 0, activeUsers: 0, features: {} });
  }
  return filled;
}

/** The mean of each day and the six before it: the week's rhythm taken out, so that the direction shows. */
export function weeklyMean(days: readonly UsageDay[]): (number | null)[] {
  return days.map((_, index) => {
    if (index < 6) return null;
    const week = days.slice(index - 6, index + 1);
    return Math.round((week.reduce((sum, entry) => sum + entry.activeUsers, 0) / 7) * 10) / 10;
  });
}

/** The most used features of the range, most used first. */
export function topFeatures(days: readonly UsageDay[], limit = 5): string[] {
  const totals = new Map<string, number>();
  for (const entry of days) {
    for (const [name, n] of Object.entries(entry.features)) totals.set(name, (totals.get(name) ?? 0) + n);
  }
  return [...totals]
    .toSorted((one, other) => other[1] - one[1] || one[0].localeCompare(other[0]))
    .slice(0, limit)
    .map(([name]) => name);
}

/** The range in one sentence, for those who cannot see the chart. */
export function usageSentence(days: readonly UsageDay[]): string {
  const half = Math.floor(days.length / 2);
  const mean = (part: readonly UsageDay[]): number =>
    part.length === 0 ? 0 : part.reduce((sum, entry) => sum + entry.activeUsers, 0) / part.length;
  const before = mean(days.slice(0, half)).toFixed(1);
  const after = mean(days.slice(half)).toFixed(1);
  return `Daily active users over ${days.length} days: ${before} on average in the first half, ${after} in the second.`;
}
