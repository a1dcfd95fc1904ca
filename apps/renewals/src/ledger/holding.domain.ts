import type { LineSlice } from './line-slice.domain';

/** What an account holds of one product in one currency on one day. */
export interface Holding {
  readonly currency: string;
  readonly product: string;
  readonly arrMinor: number;
  /** Null where its lines count different things, or nothing. */
  readonly quantity: number | null;
  readonly metric: string | null;
  /** The contract that a movement of it opens into: of several the first by id. */
  readonly contractId: string;
  /** `contract/line` of each line. */
  readonly lines: ReadonlySet<string>;
  readonly reason: string | null;
}

export type Holdings = ReadonlyMap<string, Holding>;

export const holdingName = (one: { currency: string; product: string }): string => `${one.currency}|${one.product}`;

/** Lines of the same product in the same currency are one holding, whichever contract they stand in. */
export function holdingsOf(slices: readonly LineSlice[]): Holdings {
  const groups = Map.groupBy(slices, holdingName);
  const names = [...groups.keys()].sort();
  return new Map(names.map((name) => [name, holdingOf(groups.get(name) ?? [])]));
}

function holdingOf(slices: readonly LineSlice[]): Holding {
  const ordered = slices.toSorted((a, b) => compare(a.contractId, b.contractId) || compare(a.lineId, b.lineId));
  const [first] = ordered as [LineSlice, ...LineSlice[]];
  const counted = ordered.every((slice) => slice.metric === first.metric && slice.quantity !== null);
  return {
    currency: first.currency,
    product: first.product,
    arrMinor: sum(ordered.map((slice) => slice.arrMinor)),
    quantity: counted ? sum(ordered.map((slice) => slice.quantity ?? 0)) : null,
    metric: counted ? first.metric : null,
    contractId: first.contractId,
    lines: new Set(ordered.map((slice) => `${slice.contractId}/${slice.lineId}`)),
    reason: ordered.find((slice) => slice.reason !== null)?.reason ?? null,
  };
}

/** Whether an account pays anything on that day. */
export function isCustomer(holdings: Holdings): boolean {
  const byCurrency = Map.groupBy([...holdings.values()], (one) => one.currency);
  return [...byCurrency.values()].some((list) => sum(list.map((one) => one.arrMinor)) > 0);
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
