import type { EpochDay } from '@tenure/scoring';
import { spansOf } from '../contracts/contract-span.domain';
import type { ContractTerm } from '../contracts/contract-term.domain';
import { type Change, classifyChange } from './classify-change.domain';
import { compare, holdingsOf, isCustomer } from './holding.domain';
import { type LineSlice, slicesOf } from './line-slice.domain';

/** A dated movement of an account's ARR. */
export interface Movement extends Omit<Change, 'part'> {
  /** Its identity inside the account: the same contracts give the same names. */
  readonly name: string;
  /** The first day on which the new ARR counts. */
  readonly day: EpochDay;
  /** The account's ARR in this currency after it. */
  readonly arrAfterMinor: number;
}

/**
 * The ARR ledger of an account: its contracts as dated movements. They add up, per currency and at every day, to the
 * recurring lines in force; what is undecided on `today` (an end ahead, or one inside its grace) moves nothing yet.
 */
export function arrLedger(terms: readonly ContractTerm[], today: EpochDay): Movement[] {
  const slices = slicesOf(spansOf(terms, today));
  const movements: Omit<Movement, 'arrAfterMinor'>[] = [];
  let before = holdingsOf([]);
  let returning = false;
  for (const day of turningDays(slices)) {
    const after = holdingsOf(slices.filter((slice) => slice.from <= day && day <= slice.to));
    movements.push(...classifyChange(before, after, returning).map((change) => movementOf(day, change)));
    returning ||= isCustomer(after);
    before = after;
  }
  return withRunningTotals(movements);
}

/** Puts movements in their order and counts the ARR after each. */
export function withRunningTotals(movements: readonly Omit<Movement, 'arrAfterMinor'>[]): Movement[] {
  const totals = new Map<string, number>();
  return movements.toSorted(inOrder).map((movement) => {
    const arrAfterMinor = (totals.get(movement.currency) ?? 0) + movement.amountMinor;
    totals.set(movement.currency, arrAfterMinor);
    return { ...movement, arrAfterMinor };
  });
}

const inOrder = (a: Omit<Movement, 'arrAfterMinor'>, b: Omit<Movement, 'arrAfterMinor'>): number =>
  a.day - b.day || compare(a.name, b.name);

function movementOf(day: EpochDay, { part, ...change }: Change): Omit<Movement, 'arrAfterMinor'> {
  return { ...change, day, name: [day, change.currency, change.product, part].join('|') };
}

function turningDays(slices: readonly LineSlice[]): EpochDay[] {
  const days = slices.flatMap((slice) => [slice.from, slice.to + 1]).filter((day) => Number.isFinite(day));
  return [...new Set(days)].sort((a, b) => a - b);
}
