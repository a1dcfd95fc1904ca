import { type ContractLine, type ContractState, type EpochDay, type Instant, zonedDay } from '@tenure/scoring';

/** One told state of a contract, whole (folded with everything before it), in the order of event time. */
export interface ToldContract {
  readonly at: Instant;
  readonly state: ContractState;
  /** `effectiveAt` of this very event, as a day: an older one does not date a newer change. */
  readonly effectiveDay: EpochDay | null;
  readonly reasonCode: string | null;
}

/** A contract with everything that was told of it. */
export interface AccountContract {
  readonly contractId: string;
  readonly told: readonly ToldContract[];
}

/** Lines that count from a day on, until the next list does. */
export interface LinesFrom {
  readonly from: EpochDay;
  readonly lines: readonly ContractLine[];
}

/** One term of a contract: what it says of itself now, and how its lines changed while it ran. */
export interface ContractTerm {
  readonly contractId: string;
  readonly state: ContractState;
  readonly versions: readonly LinesFrom[];
  /** First day of the term that follows inside the same contract. */
  readonly continuedFrom: EpochDay | null;
  /** Day on which the latest state was told. */
  readonly changedDay: EpochDay;
  readonly noticeDay: EpochDay | null;
  readonly reason: string | null;
}

/** From here on a change of dates is another term, and a term is long enough to be renewed. */
export const LONG_TERM_DAYS = 180;
const AROUND_THE_END = 31;

/**
 * The signed terms of a contract. A contract that was moved on in place, start and end, has one term for each; a draft has
 * none, and lines of its draft time never counted.
 */
export function termsOf({ contractId, told }: AccountContract, timeZone: string): ContractTerm[] {
  const latest = told.at(-1);
  if (!latest || latest.state.status === 'draft') return [];
  const signed = told.filter(({ state }) => state.status !== 'draft');
  const groups: ToldContract[][] = [];
  for (const one of signed) {
    const before = groups.at(-1)?.at(-1);
    if (before && !isNextTerm(before.state, one.state)) groups.at(-1)?.push(one);
    else groups.push([one]);
  }
  return groups.map((group, index) => {
    const continuedFrom = groups[index + 1]?.at(-1)?.state.start ?? null;
    return termOf(contractId, group, continuedFrom, timeZone);
  });
}

function isNextTerm(before: ContractState, next: ContractState): boolean {
  return next.start >= before.start + LONG_TERM_DAYS && next.start >= before.end - AROUND_THE_END;
}

function termOf(
  contractId: string,
  group: readonly ToldContract[],
  continuedFrom: EpochDay | null,
  timeZone: string,
): ContractTerm {
  const latest = group.at(-1) as ToldContract;
  const changedDay = zonedDay(latest.at, timeZone);
  return {
    contractId,
    state: latest.state,
    versions: versionsOf(group, timeZone),
    continuedFrom,
    changedDay,
    noticeDay: noticeDayOf(latest.state, changedDay, timeZone),
    reason: latest.reasonCode ?? latest.state.reason ?? null,
  };
}

/** A change of a running contract counts from its `effectiveAt`, a prolongation from the end before, else from when it was told. */
function versionsOf(group: readonly ToldContract[], timeZone: string): LinesFrom[] {
  const versions: LinesFrom[] = [];
  let before: ToldContract | undefined;
  for (const one of group) {
    const from = before ? changeDay(before, one, timeZone) : -Infinity;
    const known = versions.at(-1);
    if (!known || !sameLines(known.lines, one.state.lines)) versions.push({ from, lines: one.state.lines });
    before = one;
  }
  return versions;
}

function changeDay(before: ToldContract, next: ToldContract, timeZone: string): EpochDay {
  if (next.effectiveDay !== null) return next.effectiveDay;
  const prolonged = next.state.end >= before.state.end + LONG_TERM_DAYS && next.state.status === 'active';
  return prolonged ? before.state.end + 1 : zonedDay(next.at, timeZone);
}

function sameLines(a: readonly ContractLine[], b: readonly ContractLine[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function noticeDayOf(state: ContractState, changedDay: EpochDay, timeZone: string): EpochDay | null {
  if (state.noticeGivenAt !== undefined) return zonedDay(state.noticeGivenAt, timeZone);
  return state.status === 'notice-given' ? changedDay : null;
}
