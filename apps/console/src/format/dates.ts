/** Dates for people. Days ('YYYY-MM-DD') have no zone; instants are shown in the zone that is given (the tenant's). */
const DAY_MS = 86_400_000;

const dayStyle: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };

/** '2026-03-12' or an instant → '12 Mar 2026'. A bare day is never moved by a time zone. */
export function day(value: string | null | undefined, timeZone = 'UTC'): string {
  if (!value) return '–';
  return write(new Date(value), { ...dayStyle, timeZone: isDay(value) ? 'UTC' : timeZone });
}

/** '12 Mar 2026, 14:05' in the zone. */
export function instant(value: string | null | undefined, timeZone = 'UTC'): string {
  if (!value) return '–';
  return write(new Date(value), { ...dayStyle, hour: '2-digit', minute: '2-digit', timeZone });
}

/** '2026-03' or a day → 'Mar 2026'. */
export function month(value: string): string {
  const date = new Date(value.length === 7 ? `${value}-01` : value);
  return write(date, { month: 'short', year: 'numeric', timeZone: 'UTC' });
}

/** The calendar day of an instant in the zone, as 'YYYY-MM-DD'. */
export function dayIn(at: Date, timeZone = 'UTC'): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}

/** `days` after a day, as 'YYYY-MM-DD'. */
export function addDays(value: string, days: number): string {
  return new Date(Date.parse(value.slice(0, 10)) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one day to another; negative when it has passed. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / DAY_MS);
}

/** 'in 42 days', 'today', '3 days ago'. */
export function daysAway(days: number): string {
  if (days === 0) return 'today';
  const size = Math.abs(days);
  const text = `${size} ${size === 1 ? 'day' : 'days'}`;
  return days > 0 ? `in ${text}` : `${text} ago`;
}

/** How long ago an instant was: 'just now', '5 min ago', '3 h ago', '4 days ago', then the date. */
export function ago(value: string | null | undefined, now: Date, timeZone = 'UTC'): string {
  if (!value) return 'never';
  const seconds = (now.getTime() - Date.parse(value)) / 1000;
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  const days = daysBetween(dayIn(new Date(value), timeZone), dayIn(now, timeZone));
  return days <= 30 ? daysAway(-Math.max(days, 1)) : day(value, timeZone);
}

/** The instant at which a morning (8:00) of that day begins in the zone: what 'snooze until Monday' means. */
export function morningOf(value: string, timeZone = 'UTC'): string {
  const guess = Date.parse(`${value}T08:00:00Z`);
  return new Date(guess - zoneOffset(new Date(guess), timeZone)).toISOString();
}

function zoneOffset(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((entry) => entry.type === type)?.value ?? 0);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return local - Math.floor(at.getTime() / 60_000) * 60_000;
}

/** en-GB alone writes one month with four letters; columns of dates stand better without it. */
function write(date: Date, style: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', style).format(date).replace('Sept', 'Sep');
}

function isDay(value: string): boolean {
  return value.length === 10;
}
