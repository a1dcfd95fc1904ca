import type { MovementKind } from '@tenure/contracts';
import { type Holding, type Holdings, isCustomer } from './holding.domain';

/** A difference between two days, by what caused it. Minor units a year, signed, never 0. */
export interface Change {
  readonly currency: string;
  readonly product: string;
  readonly contractId: string;
  /** Tells changes of one product on one day apart; a churn that a late signature undoes is never taken for its uplift. */
  readonly part: 'whole' | 'seats' | 'price' | 'churn';
  readonly kind: MovementKind;
  readonly amountMinor: number;
  readonly reason: string | null;
}

/** A product on one day and on the next; one of the two may be missing. */
interface Pair {
  readonly before: Holding | undefined;
  readonly after: Holding | undefined;
}

/**
 * What happened to an account's ARR between two days. They add up to the difference, per currency.
 * @param returning it was a customer at some time before
 */
export function classifyChange(before: Holdings, after: Holdings, returning: boolean): Change[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  const pairs = names.map((name) => ({ before: before.get(name), after: after.get(name) }));
  const [was, is] = [isCustomer(before), isCustomer(after)];
  if (was && is) return withinCustomer(pairs);
  if (is) return wholeChanges(pairs, returning ? 'reactivation' : 'new');
  return wholeChanges(pairs, was ? 'churn' : 'correction');
}

function wholeChanges(pairs: readonly Pair[], kind: MovementKind): Change[] {
  return pairs.flatMap((pair) => whole(pair, kind, kind === 'churn' ? reasonOf(pair) : null));
}

function withinCustomer(pairs: readonly Pair[]): Change[] {
  const changes: Change[] = [];
  const gone: Holding[] = [];
  const added: Holding[] = [];
  for (const { before, after } of pairs) {
    if (before && after) changes.push(...volumeAndPrice(before, after));
    else if (before) gone.push(before);
    else if (after) added.push(after);
  }
  for (const before of gone) {
    const counterpart = added.find((after) => isTier(before, after) || isOtherCurrency(before, after));
    if (counterpart) added.splice(added.indexOf(counterpart), 1);
    changes.push(...replaced(before, counterpart));
  }
  changes.push(...added.flatMap((after) => whole({ before: undefined, after }, gained(after.arrMinor), null)));
  return changes;
}

const gained = (amount: number): MovementKind => (amount > 0 ? 'expansion-product' : 'contraction');

/** The same seats, or the same line, under another product. */
function isTier(before: Holding, after: Holding): boolean {
  if (before.currency !== after.currency) return false;
  const sameSeats = before.metric === 'seats' && after.metric === 'seats';
  return sameSeats || [...before.lines].some((line) => after.lines.has(line));
}

const isOtherCurrency = (before: Holding, after: Holding) =>
  before.product === after.product && before.currency !== after.currency;

/** A product that is gone: it became another tier, went on in another currency, or was given up. */
function replaced(before: Holding, after: Holding | undefined): Change[] {
  if (!after) {
    // A discount that ends is a price that rises.
    const kind = before.arrMinor > 0 ? 'contraction' : 'expansion-price';
    return whole({ before, after }, kind, before.reason);
  }
  if (before.currency !== after.currency) {
    const reason = `Currency changed from ${before.currency} to ${after.currency}.`;
    return [
      ...whole({ before, after: undefined }, 'correction', reason),
      ...whole({ before: undefined, after }, 'correction', reason),
    ];
  }
  const kind = after.arrMinor > before.arrMinor ? 'expansion-tier' : 'contraction';
  return whole({ before, after }, kind, `${before.product} became ${after.product}.`);
}

/**
 * More of it at the old price is seats, the rest is price. Where the two go against each other (more seats at a volume
 * discount) only their net is a movement: neither side was won or lost.
 */
function volumeAndPrice(before: Holding, after: Holding): Change[] {
  const difference = after.arrMinor - before.arrMinor;
  const volume = volumeOf(before, after);
  const price = difference - volume;
  const counted = volume === 0 ? null : `${before.quantity} → ${after.quantity} ${after.metric ?? 'units'}.`;
  if (difference < 0) return whole({ before, after }, 'contraction', counted ?? after.reason);
  if (volume <= 0) return whole({ before, after }, 'expansion-price', null);
  if (price <= 0) return whole({ before, after }, 'expansion-seats', counted);
  const { currency, product, contractId } = after;
  const shared = { currency, product, contractId };
  return [
    { ...shared, part: 'seats', kind: 'expansion-seats', amountMinor: volume, reason: counted },
    { ...shared, part: 'price', kind: 'expansion-price', amountMinor: price, reason: null },
  ];
}

function volumeOf(before: Holding, after: Holding): number {
  if (before.quantity === null || after.quantity === null || before.metric !== after.metric) return 0;
  if (before.quantity === 0) return 0;
  return Math.round((before.arrMinor * (after.quantity - before.quantity)) / before.quantity);
}

function whole(pair: Pair, kind: MovementKind, reason: string | null): Change[] {
  const shown = pair.after ?? pair.before;
  const amountMinor = (pair.after?.arrMinor ?? 0) - (pair.before?.arrMinor ?? 0);
  if (!shown || amountMinor === 0) return [];
  const { currency, product, contractId } = shown;
  const part = kind === 'churn' ? 'churn' : 'whole';
  return [{ currency, product, contractId, part, kind, amountMinor, reason }];
}

const reasonOf = ({ before, after }: Pair): string | null => before?.reason ?? after?.reason ?? null;
