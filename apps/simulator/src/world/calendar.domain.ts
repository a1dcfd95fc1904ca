/** Days since 1970-01-01, in UTC. */
export type Day = number;

/** `YYYY-MM-DD` → day; throws on anything else. */
export function dayOf(text: string): Day {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms)) throw new RangeError(`not a day: ${text} (expected YYYY-MM-DD)`);
  return ms / 86_400_000;
}

export function isoDay(day: Day): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** An instant inside a day, as RFC 3339 in UTC. */
export function isoTime(day: Day, second: number): string {
  return new Date(day * 86_400_000 + Math.round(second * 1000)).toISOString();
}

/** 0 is Monday. */
export function weekday(day: Day): number {
  return (day + 3) % 7;
}

export function isWeekend(day: Day): boolean {
  return weekday(day) > 4;
}

/** The same day of the month some months later; the last day of a shorter month. */
export function addMonths(day: Day, months: number): Day {
  const date = new Date(day * 86_400_000);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const days = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  return first / 86_400_000 + Math.min(date.getUTCDate(), days) - 1;
}

export function endOfMonth(day: Day): Day {
  const date = new Date(day * 86_400_000);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0) / 86_400_000;
}

export function endOfQuarter(day: Day): Day {
  const date = new Date(day * 86_400_000);
  return Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3 + 3, 0) / 86_400_000;
}

/** The day itself, or the Monday after a weekend. */
export function businessDay(day: Day): Day {
  return isWeekend(day) ? day + 7 - weekday(day) : day;
}

/** How busy a day is beside a plain Tuesday in spring: weekends, August and the turn of the year are quiet. */
export function season(day: Day): number {
  const date = new Date(day * 86_400_000);
  const month = date.getUTCMonth();
  const dayOfMonth = date.getUTCDate();
  const turnOfYear = (month === 11 && dayOfMonth >= 23) || (month === 0 && dayOfMonth <= 2);
  const yearly = turnOfYear ? 0.4 : month === 7 ? 0.85 : 1;
  return yearly * ([0.98, 1.04, 1.04, 1, 0.86, 0.1, 0.1][weekday(day)] ?? 1);
}
