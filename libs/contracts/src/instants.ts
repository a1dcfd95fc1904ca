const ZERO = 48;

/** Reads digits at a place; NaN where another character stands. A loop of its own: a regex costs four times as much. */
function digits(text: string, from: number, count: number): number {
  let value = 0;
  for (let at = from; at < from + count; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const within = (value: number, least: number, most: number) => value >= least && value <= most;

const isDay = (year: number, month: number, day: number) =>
  within(year, 1900, 9999) && within(month, 1, 12) && within(day, 1, daysIn(year, month));

const isTimeOfDay = (hour: number, minute: number, second: number) =>
  within(hour, 0, 23) && within(minute, 0, 59) && within(second, 0, 59);

const hasSeparators = (text: string) =>
  text[4] === '-' && text[7] === '-' && (text[10] === 'T' || text[10] === 't') && text[13] === ':' && text[16] === ':';

/** Where the fraction of a second ends: up to nine digits behind a point; -1 where it is malformed. */
function endOfFraction(text: string): number {
  if (text[19] !== '.') return 19;
  let at = 20;
  while (at < 30 && within(text.charCodeAt(at) - ZERO, 0, 9)) at += 1;
  return at > 20 && at < 30 ? at : -1;
}

function isOffset(text: string, at: number): boolean {
  const sign = text[at];
  if (sign === 'Z' || sign === 'z') return text.length === at + 1;
  if ((sign !== '+' && sign !== '-') || text.length !== at + 6 || text[at + 3] !== ':') return false;
  return within(digits(text, at + 1, 2), 0, 15) && within(digits(text, at + 4, 2), 0, 59);
}

/**
 * RFC 3339 with an offset, as both JavaScript and Postgres can read it: no leap second, no 24:00, and a year from 1900,
 * because an earlier one is always a mistake of units.
 */
export function isInstant(text: string): boolean {
  if (text.length < 20 || !hasSeparators(text)) return false;
  if (!isDay(digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2))) return false;
  if (!isTimeOfDay(digits(text, 11, 2), digits(text, 14, 2), digits(text, 17, 2))) return false;
  const end = endOfFraction(text);
  return end > 0 && isOffset(text, end);
}
