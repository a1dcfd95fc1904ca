import { contractTerms, type ContractHistory } from '../contracts/contract-terms';
import type { ContractTerms } from '../contracts/terms';
import { asOf, stateAt } from '../history/as-of';
import type { ContractState } from '../history/entities';
import type { ContractType } from '../probability/churn-model';
import { DAY_MS, type EpochDay } from '../time/day';
import { dayStart } from '../time/zoned-day';

/** A decision that has fallen, with what came of it. */
export interface Outcome {
  readonly contractId: string;
  readonly contract: ContractType;
  readonly autoRenew: boolean;
  /** The end, or the last day for notice; of a monthly plan the end of the 90 days looked ahead. */
  readonly decisionDay: EpochDay;
  /** A monthly plan is looked at from this day only; null: from any day before the decision. */
  readonly fromDay: EpochDay | null;
  /** Not renewed, or shrunk by half or more. */
  readonly lost: boolean;
  /** From when on the outcome counts as known. */
  readonly maturedDay: EpochDay;
}

/** A signature may come late: only so many days after the end is an outcome judged. */
const MATURITY_DAYS = 45;
/** An unsigned contract keeps its ARR for 60 days; then it is lost. */
const GRACE_DAYS = 61;
const MONTHLY_AHEAD = 90;
const MONTHLY_EVERY = 28;
const SHRUNK = 0.5;
const SHORT_TERM_DAYS = 180;
const LONG_TERM_DAYS = 540;

/** The decisions of an account that had matured by `through`, in order, read from its contracts alone. */
export function outcomesOf(history: ContractHistory, through: EpochDay): Outcome[] {
  const outcomes: Outcome[] = [];
  let day = firstDay(history);
  // Every turn moves at least a day on, and a decision at least a term.
  while (day !== null && day <= through) {
    const terms = termsOn(history, day);
    const contract = contractTypeOf(history, terms, day);
    if (contract === null || terms.decisionDate === null || terms.nextEnd === null) {
      day = terms.inForce.length === 0 && terms.overdue.length === 0 ? nextStart(history, day) : day + MONTHLY_EVERY;
      continue;
    }
    const outcome =
      contract === 'monthly'
        ? monthly(history, terms, day, through)
        : renewal(history, { terms, contract }, day, through);
    if (outcome) outcomes.push(outcome);
    day = contract === 'monthly' ? day + MONTHLY_EVERY : Math.max(day, terms.nextEnd) + 1;
  }
  return outcomes;
}

/** By the length of the term: below 180 days, and evergreen, is `monthly`; null without a contract. */
export function contractTypeOf(history: ContractHistory, terms: ContractTerms, day: EpochDay): ContractType | null {
  const id = terms.nextContractId ?? terms.inForce[0];
  const states = history.contracts.find((one) => one.id === id)?.states ?? [];
  if (stateAt(states, at(history, day)) === null) return null;
  // The term as it was signed: a notice moves the end.
  const signed = states.reduce((first, one) => (one.at < first.at ? one : first), states[0] ?? { at: 0, state: null });
  return signed.state && typeOf(signed.state);
}

function typeOf({ start, end, evergreen }: ContractState): ContractType {
  const days = end + 1 - start;
  if (evergreen === true || days < SHORT_TERM_DAYS) return 'monthly';
  return days > LONG_TERM_DAYS ? 'multi-year' : 'annual';
}

function renewal(
  history: ContractHistory,
  { terms, contract }: { terms: ContractTerms; contract: ContractType },
  day: EpochDay,
  through: EpochDay,
): Outcome | null {
  const end = terms.nextEnd ?? day;
  const decisionDay = terms.decisionDate ?? end;
  const judged = judgeAt(history, end, through);
  if (judged === null || decisionDay <= day) return null;
  const before = revenue(termsOn(history, Math.min(end, decisionDay)));
  const after = revenue(termsOn(history, judged));
  const { autoRenew, nextContractId } = terms;
  const id = { contractId: nextContractId ?? '', contract, autoRenew };
  return { ...id, decisionDay, fromDay: null, lost: after <= SHRUNK * before, maturedDay: judged };
}

/** 45 days after the end, or after the grace where it is still unsigned then; null: not matured. */
function judgeAt(history: ContractHistory, end: EpochDay, through: EpochDay): EpochDay | null {
  const first = end + MATURITY_DAYS;
  if (first > through) return null;
  if (termsOn(history, first).overdue.length === 0) return first;
  return end + GRACE_DAYS <= through ? end + GRACE_DAYS : null;
}

function monthly(history: ContractHistory, terms: ContractTerms, day: EpochDay, through: EpochDay): Outcome | null {
  const decisionDay = day + MONTHLY_AHEAD;
  if (decisionDay > through || terms.notice !== null) return null;
  const after = revenue(termsOn(history, decisionDay));
  const id = { contractId: terms.nextContractId ?? '', contract: 'monthly' as const, autoRenew: terms.autoRenew };
  return { ...id, decisionDay, fromDay: day, lost: after <= SHRUNK * revenue(terms), maturedDay: decisionDay };
}

/** All currencies together: only the proportion before and after counts. Contracts without amounts count as one each. */
function revenue({ arrByCurrency, inForce }: ContractTerms): number {
  const sum = Object.values(arrByCurrency).reduce((total, one) => total + one, 0);
  return sum > 0 ? sum : inForce.length;
}

const at = ({ timeZone }: ContractHistory, day: EpochDay) => asOf(dayStart(day, timeZone) + DAY_MS / 2, Infinity);
const termsOn = (history: ContractHistory, day: EpochDay) => contractTerms(history, at(history, day));

const starts = (history: ContractHistory) =>
  history.contracts.flatMap(({ states }) =>
    states.filter(({ state }) => state.status !== 'draft').map(({ state }) => state.start),
  );

function firstDay(history: ContractHistory): EpochDay | null {
  const known = history.contracts.flatMap(({ states }) => states.map((one) => Math.floor(one.at / DAY_MS)));
  const begun = Math.min(...starts(history));
  return Number.isFinite(begun) ? Math.max(begun, Math.min(...known)) + 1 : null;
}

function nextStart(history: ContractHistory, day: EpochDay): EpochDay | null {
  const later = starts(history).filter((one) => one > day);
  return later.length > 0 ? Math.min(...later) : null;
}
