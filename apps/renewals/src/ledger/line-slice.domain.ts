import type { ContractLine, EpochDay } from '@tenure/scoring';
import type { Span } from '../contracts/contract-span.domain';

/** A recurring line of a contract in one version, with the days on which it counts (both included). */
export interface LineSlice {
  readonly contractId: string;
  readonly lineId: string;
  readonly product: string;
  /** What is counted: `seats` for everything that counts people, else the line's own word. */
  readonly metric: string | null;
  readonly quantity: number | null;
  readonly currency: string;
  readonly arrMinor: number;
  readonly from: EpochDay;
  readonly to: EpochDay;
  /** Why its contract ended, as the customer gave it. */
  readonly reason: string | null;
}

const countsPeople = new Set(['seat', 'seats', 'user', 'users', 'licence', 'licences', 'license', 'licenses']);

/** Everything of the contracts that is annual recurring revenue, on which days. */
export function slicesOf(spans: readonly Span[]): LineSlice[] {
  return spans.flatMap((span) =>
    span.term.versions.flatMap(({ from, lines }, index) => {
      const until = (span.term.versions[index + 1]?.from ?? Infinity) - 1;
      return lines
        .filter((line) => line.kind === 'recurring')
        .map((line) => sliceOf(span, line, Math.max(from, span.first), Math.min(until, span.last)))
        .filter((slice) => slice.from <= slice.to);
    }),
  );
}

/** A line without an end of its own, or with the contract's, lasts as long as the contract does. */
function sliceOf({ term }: Span, line: ContractLine, from: EpochDay, to: EpochDay): LineSlice {
  const own = line.end === undefined || line.end >= term.state.end ? Infinity : line.end;
  const metric = line.metric?.trim().toLowerCase();
  return {
    contractId: term.contractId,
    lineId: line.lineId,
    product: line.product ?? line.lineId,
    metric: metric === undefined || metric === '' ? null : countsPeople.has(metric) ? 'seats' : metric,
    quantity: line.quantity ?? null,
    currency: term.state.currency,
    arrMinor: line.arrMinor,
    from: Math.max(from, line.start ?? -Infinity),
    to: Math.min(to, own),
    reason: term.reason,
  };
}
