import { isCurrency, minorDigits, MOST_DECIMALS } from './currencies';
import type { Issue } from './event-definition';
import { decimalsOf } from './money';
import { spoken } from './pointer';

/** Checks that a JSON Schema cannot say. Each gives the issue, or null. */

/** The currency is one of ISO 4217; an absent one passes. */
export function knownCurrency(currency: string | null | undefined, pointer = '/currency'): Issue | null {
  if (currency === null || currency === undefined || isCurrency(currency)) return null;
  return { code: 'wrong-value', pointer, detail: `currency must be an ISO 4217 code; it is "${currency}".` };
}

/** The amount has no more decimals than its currency. */
export function decimalsFit(
  amount: number | null | undefined,
  currency: string | null | undefined,
  pointer: string,
): Issue | null {
  if (amount === null || amount === undefined || Number.isInteger(amount)) return null;
  const most = currency ? minorDigits(currency) : MOST_DECIMALS;
  const decimals = decimalsOf(amount);
  if (decimals !== null && decimals <= most) return null;
  const limit = `${most} decimal${most === 1 ? '' : 's'}`;
  const detail = `${spoken(pointer)} may have at most ${limit}${currency ? ` in ${currency}` : ''}; it is ${amount}.`;
  return { code: 'too-many-decimals', pointer, detail };
}

/** A day or an instant is not before another. Days compare as text, instants by their value. */
export function notBefore(
  later: string | null | undefined,
  earlier: string | null | undefined,
  pointer: string,
  earlierName: string,
): Issue | null {
  if (!later || !earlier || Date.parse(later) >= Date.parse(earlier)) return null;
  return {
    code: 'out-of-range',
    pointer,
    detail: `${spoken(pointer)} must not be before ${earlierName} (${earlier}).`,
  };
}

const knownZones = new Set<string>(['UTC']);

function isTimeZone(name: string): boolean {
  if (knownZones.has(name)) return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    return false;
  }
  knownZones.add(name);
  return true;
}

/** The time zone is one that days can be counted in; an absent one passes. */
export function knownTimeZone(name: string | null | undefined, pointer = '/timeZone'): Issue | null {
  if (name === null || name === undefined || isTimeZone(name)) return null;
  const detail = `${spoken(pointer)} must be an IANA name, like Europe/Lisbon; it is "${name}".`;
  return { code: 'wrong-value', pointer, detail };
}
