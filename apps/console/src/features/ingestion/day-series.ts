import { addDays } from '../../format/dates';

/** The last 28 days up to `today`, oldest first, with a zero for days that have nothing. */
export function lastDays<T extends { day: string }>(days: readonly T[], today: string): (T | undefined)[] {
  const byDay = new Map(days.map((each) => [each.day, each]));
  return Array.from({ length: 28 }, (_, index) => byDay.get(addDays(today, index - 27)));
}
