import type { EpochDay } from '@tenure/scoring';
import type { ContractTerm } from './contract-term.domain';

/** Days for which an ended, unsigned contract keeps its ARR. */
export const GRACE_DAYS = 60;

/** What ends or follows a term, as far as it is decided on a day. */
export interface Span {
  readonly term: ContractTerm;
  readonly first: EpochDay;
  /** The last day on which its lines count; Infinity while no end is decided. */
  readonly last: EpochDay;
  /** Ended, unsigned, inside the grace: its ARR stays, flagged. */
  readonly overdue: boolean;
  /** It ended unsigned and its grace is over. */
  readonly lapsed: boolean;
  /** The contract that is signed to follow it, and from when. */
  readonly successor: Successor | null;
}

export interface Successor {
  readonly contractId: string;
  readonly start: EpochDay;
}

/** Which signed contract replaces which, by the id of the replaced one; of several the first to begin. */
export function successorsOf(terms: readonly ContractTerm[]): Map<string, Successor> {
  const found = new Map<string, Successor>();
  for (const { contractId, state } of terms) {
    for (const replaced of state.replacesContractIds ?? []) {
      const known = found.get(replaced);
      if (replaced !== contractId && (!known || state.start < known.start))
        found.set(replaced, { contractId, start: state.start });
    }
  }
  return found;
}

/** The spans of all terms of an account as decided on `today`. The same rule as scoring's `contractTerms`, for every day at once. */
export function spansOf(terms: readonly ContractTerm[], today: EpochDay): Span[] {
  const successors = successorsOf(terms);
  return terms.map((term) => {
    const { contractId, continuedFrom } = term;
    const successor =
      continuedFrom === null ? (successors.get(contractId) ?? null) : { contractId, start: continuedFrom };
    return spanOf(term, successor, today);
  });
}

function spanOf(term: ContractTerm, successor: Successor | null, today: EpochDay): Span {
  const { state } = term;
  const last = Math.min(toldEnd(term), (successor?.start ?? Infinity) - 1);
  const undecided = state.status === 'active' && term.noticeDay === null && successor === null && Number.isFinite(last);
  const late = undecided ? today - last : 0;
  const open = undecided && late <= GRACE_DAYS;
  return {
    term,
    first: state.start,
    last: open ? Infinity : last,
    overdue: open && late > 0,
    lapsed: undecided && !open,
    successor,
  };
}

/** The last day in force as the contract itself tells; Infinity for one that goes on by itself. */
function toldEnd({ state, noticeDay, changedDay }: ContractTerm): EpochDay {
  if (state.status === 'cancelled')
    return Math.min(state.evergreen ? Infinity : state.end, (state.effectiveDay ?? changedDay) - 1);
  const runs = state.status === 'active' && noticeDay === null;
  return runs && (state.evergreen || state.autoRenew) ? Infinity : state.end;
}
