import { minorDigits, toMinor } from '@tenure/contracts';

/**
 * Major units to whole minor units, rounded to the currency's decimals. Fields are folded one by one, so an amount can
 * meet a currency that it was not sent with, which must not stop the account.
 */
export function roundedMinor(amount: number, currency: string): number {
  return toMinor(amount.toFixed(minorDigits(currency)), currency);
}
