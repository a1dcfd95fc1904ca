const INSTANT = /^(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?(?:[Zz]|[+-](\d\d):(\d\d))$/;
const LONG_MONTHS = new Set([1, 3, 5, 7, 8, 10, 12]);

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return LONG_MONTHS.has(month) ? 31 : 30;
}

/**
 * RFC 3339 with an offset, as both JavaScript and Postgres can read it: no leap second, no 24:00, and a year from 1900,
 * because an earlier one is always a mistake of units.
 */
export function isInstant(text: string): boolean {
  const match = INSTANT.exec(text);
  if (!match) return false;
  const at = (index: number) => Number(match[index] ?? 0);
  const month = at(2);
  if (at(1) < 1900 || month < 1 || month > 12) return false;
  if (at(3) < 1 || at(3) > daysIn(at(1), month)) return false;
  return at(4) < 24 && at(5) < 60 && at(6) < 60 && at(7) < 16 && at(8) < 60;
}
