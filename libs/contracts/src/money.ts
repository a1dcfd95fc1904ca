import { minorDigits } from './currencies';

/** Up to 15 digits a decimal number survives the way through a double unchanged. */
const MOST_MINOR = 999_999_999_999_999;
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

interface Decimal {
  negative: boolean;
  digits: string;
  /** How many of the digits stand behind the point. */
  scale: number;
}

/** Reads a decimal number from its shortest text; trailing zeros behind the point do not count. Null where it is none. */
function decimal(amount: number | string): Decimal | null {
  const match = DECIMAL.exec(String(amount).trim());
  if (!match) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (Math.abs(Number(exponent)) > 30) return null;
  let digits = whole + fraction;
  let scale = fraction.length - Number(exponent);
  if (scale < 0) {
    digits += '0'.repeat(-scale);
    scale = 0;
  }
  while (scale > 0 && digits.endsWith('0')) {
    digits = digits.slice(0, -1);
    scale -= 1;
  }
  return { negative: sign === '-', digits, scale };
}

/** How many decimals an amount has: 12.5 has 1, 12.00 has 0. Null where it is not a decimal number. */
export const decimalsOf = (amount: number | string): number | null => decimal(amount)?.scale ?? null;

/**
 * Major units, as JSON carries them, to whole minor units: `toMinor(12.5, 'EUR')` is 1250.
 * Throws a RangeError on more decimals than the currency has, and beyond 15 digits.
 */
export function toMinor(amount: number | string, currency: string): number {
  const read = decimal(amount);
  if (!read) throw new RangeError(`${amount} is not an amount.`);
  const places = minorDigits(currency);
  if (read.scale > places) throw new RangeError(`${amount} has more decimals than ${currency} (${places}).`);
  const minor = Number((read.digits || '0') + '0'.repeat(places - read.scale));
  if (minor > MOST_MINOR) throw new RangeError(`${amount} ${currency} has more than 15 digits.`);
  return read.negative && minor !== 0 ? -minor : minor;
}

/**
 * Major units to whole minor units, rounded to the currency's decimals. For folded state: its fields are taken one by
 * one, so an amount can meet a currency that it was not sent with, and that must not stop the account.
 */
export function roundedMinor(amount: number, currency: string): number {
  return toMinor(amount.toFixed(minorDigits(currency)), currency);
}

/** Whole minor units (a bigint column comes as text) to major units: `fromMinor('1250', 'EUR')` is 12.5. */
export function fromMinor(minor: number | bigint | string, currency: string): number {
  const text = String(minor);
  const match = /^(-?)(\d+)$/.exec(text);
  if (!match || Math.abs(Number(text)) > MOST_MINOR) {
    throw new RangeError(`${text} is not a whole number of minor units of up to 15 digits.`);
  }
  const places = minorDigits(currency);
  const digits = (match[2] ?? '').padStart(places + 1, '0');
  const cut = digits.length - places;
  const value = Number(`${match[1]}${digits.slice(0, cut)}.${digits.slice(cut)}0`);
  return value === 0 ? 0 : value;
}
