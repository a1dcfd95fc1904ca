import { DAY_MS, type EpochDay, type Instant } from './day';

const formats = new Map<string, Intl.DateTimeFormat | null>();

/** Unknown zone names fall back to UTC: a typo in a CRM field must not stop an account's score. */
function formatFor(timeZone: string): Intl.DateTimeFormat | null {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = makeFormat(timeZone);
  formats.set(timeZone, made);
  return made;
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | null {
  if (timeZone === 'UTC' || timeZone === '') return null;
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return null;
  }
}

const offsets = new Map<string, number>();
const QUARTER_MS = 900_000;

/** Offset of the zone from UTC at the instant, in ms. Offsets only change on quarter hours, so one look-up serves a quarter. */
export function zoneOffset(at: Instant, timeZone: string): number {
  const format = formatFor(timeZone);
  if (!format) return 0;
  const quarter = Math.floor(at / QUARTER_MS);
  const key = `${timeZone}:${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size > 50_000) offsets.clear();
  const offset = readOffset(quarter * QUARTER_MS, format);
  offsets.set(key, offset);
  return offset;
}

function readOffset(at: Instant, format: Intl.DateTimeFormat): number {
  const part: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}

/** The calendar day of an instant in a time zone (IANA name). */
export function zonedDay(at: Instant, timeZone: string): EpochDay {
  return Math.floor((at + zoneOffset(at, timeZone)) / DAY_MS);
}

/** The instant at which a calendar day begins in a time zone. */
export function dayStart(day: EpochDay, timeZone: string): Instant {
  const local = day * DAY_MS;
  const guess = local - zoneOffset(local, timeZone);
  return local - zoneOffset(guess, timeZone);
}
