import { type EpochDay, isoFromDay } from '@tenure/scoring';
import type { Span } from '../contracts/contract-span.domain';
import { LONG_TERM_DAYS } from '../contracts/contract-term.domain';
import type { RenewalFacts } from './renewal-candidates.domain';
import type { Outcome } from './renewal-row.domain';

/** What became of a renewal, why, and at what it was signed (minor units; absent: as it was due). */
export interface Closing {
  readonly outcome: Outcome;
  readonly why: string;
  readonly renewedMinor?: number;
}

/** What became of a renewal that is not ahead any more. The contract that ended last decides for co-termed ones. */
export function outcomeOf(facts: RenewalFacts, spans: readonly Span[], today: EpochDay): Closing {
  const own = spans.filter(({ term }) => facts.contractIds.includes(term.contractId));
  const signed = own.find(({ successor }) => successor !== null)?.successor;
  if (signed) {
    const early = signed.start <= facts.endDay - LONG_TERM_DAYS / 2;
    return early
      ? { outcome: 'superseded', why: `Replaced by ${signed.contractId} long before its end.` }
      : {
          outcome: 'renewed',
          why: `${signed.contractId} is signed from ${isoFromDay(signed.start)} on.`,
          renewedMinor: signedAmount(facts, own, spans),
        };
  }
  if (own.some(({ term }) => term.state.end >= facts.endDay + LONG_TERM_DAYS))
    return { outcome: 'renewed', why: 'The contract was prolonged.' };
  if (own.some(({ last, term }) => last === Infinity && term.state.autoRenew && facts.decisionDay < today))
    return { outcome: 'renewed', why: 'It renewed by itself: no notice was given in time.' };
  if (own.some(({ lapsed }) => lapsed)) return { outcome: 'churned', why: 'It ended unsigned, and its grace is over.' };
  const ended = own.find(({ last }) => last < today);
  if (ended) return { outcome: 'churned', why: ended.term.reason ?? 'The contract has ended.' };
  return { outcome: 'superseded', why: 'Its contracts are part of another renewal, or of another account.' };
}

/** What the successors of these contracts are worth when they begin, each counted once; in another currency it cannot be compared. */
function signedAmount({ currency, dueMinor }: RenewalFacts, own: readonly Span[], spans: readonly Span[]): number {
  const names = new Set(
    own.flatMap(({ successor }) => (successor ? nameOf(successor.contractId, successor.start) : [])),
  );
  const signed = spans.filter(({ term }) => names.has(nameOf(term.contractId, term.state.start)));
  if (signed.some(({ term }) => term.state.currency !== currency)) return dueMinor;
  return signed
    .flatMap(({ term }) => term.state.lines.filter((line) => (line.start ?? term.state.start) <= term.state.start))
    .reduce((sum, line) => sum + (line.kind === 'recurring' ? line.arrMinor : 0), 0);
}

const nameOf = (contractId: string, start: EpochDay): string => `${contractId}|${start}`;
