import { addMonths, type ContractLine, type ContractState, type EpochDay } from '@tenure/scoring';
import type { Span } from '../contracts/contract-span.domain';
import { LONG_TERM_DAYS } from '../contracts/contract-term.domain';

/** A line that is to be renewed. */
export interface RenewalLine extends ContractLine {
  readonly contractId: string;
}

/** What is to be decided: the contracts of an account whose terms end together. Money in minor units. */
export interface RenewalFacts {
  readonly decisionDay: EpochDay;
  readonly endDay: EpochDay;
  readonly noticeDays: number | null;
  readonly autoRenew: boolean;
  readonly currency: string;
  readonly dueMinor: number;
  readonly contractIds: readonly string[];
  readonly lines: readonly RenewalLine[];
  readonly overdue: boolean;
  /** Notice was given, or the end was told: it will not renew. */
  readonly leaving: boolean;
  readonly checkpointDay: EpochDay | null;
}

/** One contract before a decision. */
interface Ending extends Omit<RenewalFacts, 'contractIds'> {
  readonly contractId: string;
}

/** Contracts whose ends are no further apart make one renewal. */
const CO_TERM_DAYS = 31;
const DAYS_PER_MONTH = 30.4375;
/** From this many days on (a month short of two years) a contract is one of several years. */
const TWO_YEARS = 700;

/** The renewals that are ahead of an account on `today`, whether or not their horizon is reached; by end. */
export function renewalCandidates(spans: readonly Span[], today: EpochDay): RenewalFacts[] {
  const endings = spans.flatMap((span) => endingOf(span, today) ?? []);
  const kinds = Map.groupBy(endings, (one) => `${one.currency}|${one.leaving}`);
  return [...kinds.values()]
    .flatMap(coTermed)
    .map(together)
    .sort((a, b) => a.endDay - b.endDay || (a.contractIds.join() < b.contractIds.join() ? -1 : 1));
}

/** Terms of 180 days and more renew; shorter and evergreen ones only carry a probability to cancel. */
export function renews({ term: { state } }: Span): boolean {
  return !state.evergreen && state.end - state.start + 1 >= LONG_TERM_DAYS;
}

function endingOf(span: Span, today: EpochDay): Ending | null {
  const { term, successor, lapsed } = span;
  const { state } = term;
  const over = successor !== null || lapsed || (Number.isFinite(span.last) && span.last < today);
  if (over || !renews(span)) return null;
  const leaving = Number.isFinite(span.last);
  const autoRenew = state.autoRenew === true && !leaving;
  const noticeDays = state.noticeDays ?? null;
  const endDay = leaving ? span.last : autoRenew ? rolledEnd(state, today) : state.end;
  const lines = linesAt(term.contractId, state, leaving ? state.end : endDay);
  return {
    contractId: term.contractId,
    decisionDay: autoRenew ? endDay - (noticeDays ?? 0) : endDay,
    endDay,
    noticeDays,
    autoRenew,
    currency: state.currency,
    dueMinor: recurring(lines),
    lines,
    overdue: span.overdue,
    leaving,
    checkpointDay: checkpointAfter(state, endDay, today),
  };
}

/** The end of the term that is decided next: one that renews by itself has rolled on once its decision date passed. */
export function rolledEnd(state: ContractState, today: EpochDay): EpochDay {
  const months = Math.max(1, Math.round((state.end + 1 - state.start) / DAYS_PER_MONTH));
  let end = state.end;
  for (let term = 2; end - (state.noticeDays ?? 0) < today && term < 1_000; term++)
    end = addMonths(state.start, months * term) - 1;
  return end;
}

/** Lines that last as long as their contract does; a ramp's earlier steps are over by then. */
function linesAt(contractId: string, state: ContractState, day: EpochDay): RenewalLine[] {
  return state.lines
    .filter((line) => (line.start ?? state.start) <= day && (line.end === undefined || line.end >= state.end))
    .map((line) => ({ ...line, contractId }));
}

const recurring = (lines: readonly ContractLine[]): number =>
  lines.reduce((sum, line) => sum + (line.kind === 'recurring' ? line.arrMinor : 0), 0);

/** The next anniversary inside a contract of several years. */
function checkpointAfter({ start, end: firstEnd }: ContractState, end: EpochDay, today: EpochDay): EpochDay | null {
  if (firstEnd - start + 1 < TWO_YEARS) return null;
  for (let year = 1; year < 100; year++) {
    const day = addMonths(start, 12 * year);
    if (day > end - CO_TERM_DAYS) return null;
    if (day > today) return day;
  }
  return null;
}

function coTermed(endings: readonly Ending[]): Ending[][] {
  const groups: Ending[][] = [];
  const ordered = endings.toSorted((a, b) => a.endDay - b.endDay || (a.contractId < b.contractId ? -1 : 1));
  for (const ending of ordered) {
    const group = groups.at(-1);
    const first = group?.[0];
    if (group && first && ending.endDay - first.endDay <= CO_TERM_DAYS) group.push(ending);
    else groups.push([ending]);
  }
  return groups;
}

/** The contract that is decided first sets the dates of all. */
function together(group: readonly Ending[]): RenewalFacts {
  const [first] = group.toSorted((a, b) => a.decisionDay - b.decisionDay || (a.contractId < b.contractId ? -1 : 1));
  const { contractId: _one, ...facts } = first as Ending;
  const checkpoints = group.flatMap((one) => one.checkpointDay ?? []);
  return {
    ...facts,
    dueMinor: group.reduce((sum, one) => sum + one.dueMinor, 0),
    contractIds: group.map((one) => one.contractId).sort(),
    lines: group.flatMap((one) => one.lines),
    overdue: group.some((one) => one.overdue),
    checkpointDay: checkpoints.length === 0 ? null : Math.min(...checkpoints),
  };
}
