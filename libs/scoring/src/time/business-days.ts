import { DAY_MS, weekday, type EpochDay, type Instant } from './day';
import { dayStart, zonedDay } from './zoned-day';

/** Monday to Friday minus these days (the account's country's holidays, as epoch days). */
export interface BusinessCalendar {
  readonly timeZone: string;
  readonly holidays: ReadonlySet<EpochDay>;
}

export function isBusinessDay(day: EpochDay, holidays: ReadonlySet<EpochDay>): boolean {
  const name = weekday(day);
  return name !== 0 && name !== 6 && !holidays.has(day);
}

/** Business days in [from, to). Zero when to ≤ from. */
export function businessDaysBetween(from: EpochDay, to: EpochDay, holidays: ReadonlySet<EpochDay>): number {
  let count = 0;
  for (let day = from; day < to; day++) if (isBusinessDay(day, holidays)) count++;
  return count;
}

/**
 * The instant at which `days` business days of 24 hours have passed since `from`; weekends and holidays do not count.
 * Exact to the millisecond, so that a condition of silence can be due at that instant. Never for an endless wait.
 */
export function addBusinessTime(from: Instant, days: number, calendar: BusinessCalendar): Instant {
  if (!Number.isFinite(days)) return Infinity;
  let left = days * DAY_MS;
  let at = from;
  for (let day = zonedDay(from, calendar.timeZone); ; day++) {
    const end = dayStart(day + 1, calendar.timeZone);
    if (isBusinessDay(day, calendar.holidays)) {
      if (left <= end - at) return at + left;
      left -= end - at;
    }
    at = end;
  }
}

/** Business days (fractional) in [from, to); a whole business day counts as one, whatever the clocks did on it. */
export function businessTimeBetween(from: Instant, to: Instant, calendar: BusinessCalendar): number {
  if (to <= from) return 0;
  const { timeZone, holidays } = calendar;
  const [first, last] = [zonedDay(from, timeZone), zonedDay(to, timeZone)];
  const part = (day: EpochDay, ms: number) => (isBusinessDay(day, holidays) ? ms / DAY_MS : 0);
  if (first === last) return part(first, to - from);
  const head = part(first, dayStart(first + 1, timeZone) - from);
  return head + businessDaysBetween(first + 1, last, holidays) + part(last, to - dayStart(last, timeZone));
}
