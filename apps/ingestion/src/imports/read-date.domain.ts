import { isInstant } from '@tenure/contracts';

import type { CellFault, CellStyle, CellValue } from './import-field.domain';

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const two = (value: number): string => String(value).padStart(2, '0');
const dayText = ({ year, month, day }: Day): string => `${year}-${two(month)}-${two(day)}`;

/**
 * A calendar day as `YYYY-MM-DD`. Taken as they stand: ISO 8601, `2026/04/03`, `3 Apr 2026`, `Apr 3, 2026`, `03.04.2026`
 * (points: the day first). With slashes or dashes and the year last, a format must have been stated.
 */
export function readDay(cell: string, style: CellStyle): CellValue {
  const { date, rest } = split(cell);
  const day = dayOf(date, style);
  if ('code' in day) return day;
  if (rest !== '' && readClock(rest) === undefined) return unreadable(cell);
  return { value: dayText(day) };
}

/** An instant in UTC. A day without a time of day is its noon UTC: the same day almost everywhere. */
export function readTime(cell: string, style: CellStyle): CellValue {
  if (isInstant(cell)) return { value: new Date(cell).toISOString() };
  if (/^\d{10}$/.test(cell)) return { value: new Date(Number(cell) * 1000).toISOString() };
  if (/^\d{13}$/.test(cell)) return { value: new Date(Number(cell)).toISOString() };
  const { date, rest } = split(cell);
  const day = dayOf(date, style);
  if ('code' in day) return day;
  if (rest === '') return { value: `${dayText(day)}T12:00:00.000Z` };
  const clock = readClock(rest);
  if (!clock) return unreadable(cell);
  const text = `${dayText(day)}T${clock.time}`;
  if (clock.offset !== undefined) return { value: new Date(`${text}${clock.offset}`).toISOString() };
  return { value: inZone(`${text}Z`, style.timeZone) };
}

function split(cell: string): { date: string; rest: string } {
  const found = /^(.*?)(?:[T ]+)(\d{1,2}:\d{2}.*)$/i.exec(cell.trim());
  return found ? { date: (found[1] ?? '').replace(/,$/, ''), rest: found[2] ?? '' } : { date: cell.trim(), rest: '' };
}

function dayOf(text: string, style: CellStyle): Day | CellFault {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (iso) return checked(text, Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const named = /^(\d{1,2})[ -]([a-z]{3})[a-z]*\.?,?[ -](\d{4})$/i.exec(text);
  if (named) return checked(text, Number(named[3]), monthOf(named[2]), Number(named[1]));
  const american = /^([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})$/i.exec(text);
  if (american) return checked(text, Number(american[3]), monthOf(american[1]), Number(american[2]));
  const numbers = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/.exec(text);
  if (!numbers) return unreadable(text);
  const [first, second, year] = [Number(numbers[1]), Number(numbers[3]), Number(numbers[4])];
  const format = numbers[2] === '.' ? 'day-first' : style.dateFormat;
  if (format === undefined) return ambiguous(text);
  return format === 'day-first' ? checked(text, year, second, first) : checked(text, year, first, second);
}

const monthOf = (name = ''): number => months.indexOf(name.toLowerCase()) + 1;

function checked(text: string, year: number, month: number, day: number): Day | CellFault {
  const date = { year, month, day };
  if (isInstant(`${dayText(date)}T00:00:00Z`)) return date;
  return { code: 'wrong-format', detail: `holds "${text}", which is no day of the calendar.` };
}

interface ClockTime {
  readonly time: string;
  readonly offset: string | undefined;
}

function readClock(text: string): ClockTime | undefined {
  const found = /^(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?\s*(am|pm)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/i.exec(text);
  if (!found) return undefined;
  const [, hours = '', minutes = '', seconds = '00', fraction = '', half, zone] = found;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return { time: `${two(hour)}:${minutes}:${seconds}${fraction}`, offset: offsetOf(zone) };
}

function offsetOf(zone: string | undefined): string | undefined {
  if (zone === undefined) return undefined;
  if (/^[a-z]/i.test(zone)) return 'Z';
  return zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The instant at which clocks of the zone show this time. Where they show it twice, the earlier; where never, the later. */
function inZone(wallAsUtc: string, zone: string | undefined): string {
  const wall = Date.parse(wallAsUtc);
  if (zone === undefined || zone === 'UTC') return new Date(wall).toISOString();
  const guess = wall - shift(wall, zone);
  return new Date(wall - shift(guess, zone)).toISOString();
}

/** Milliseconds that the zone is ahead of UTC at an instant. */
function shift(instant: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit' } as const;
    format = new Intl.DateTimeFormat('en-CA', {
      ...parts,
      minute: '2-digit',
      second: '2-digit',
      timeZone: zone,
      hourCycle: 'h23',
    });
    formats.set(zone, format);
  }
  const at = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const shown = `${at['year']}-${at['month']}-${at['day']}T${at['hour']}:${at['minute']}:${at['second']}Z`;
  return Date.parse(shown) - Math.floor(instant / 1000) * 1000;
}

function ambiguous(text: string): CellFault {
  const detail = `holds "${text}", which can be read in two ways: say day-first or month-first (dateFormat).`;
  return { code: 'ambiguous-date', detail };
}

function unreadable(text: string): CellFault {
  const number = /^\d{5}(\.\d+)?$/.test(text);
  const hint = number ? ' It looks like a spreadsheet’s day number: format the column as a date.' : '';
  return {
    code: 'wrong-format',
    detail: `must be a date or a time like 2026-04-03 or 2026-04-03T09:30:00Z; it is "${text}".${hint}`,
  };
}
