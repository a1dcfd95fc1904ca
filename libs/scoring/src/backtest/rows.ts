import { contractTerms } from '../contracts/contract-terms';
import { features } from '../features/features';
import type { Features } from '../features/feature';
import type { AccountHistory } from '../history/account-history';
import { asOf, type AsOf } from '../history/as-of';
import type { Inputs } from '../history/inputs';
import type { ChurnRow } from '../probability/churn-model';
import { CHURN_TERMS } from '../probability/terms';
import type { EpochDay } from '../time/day';
import { dayStart, zonedDay } from '../time/zoned-day';
import { outcomesOf, type Outcome } from './outcomes';

/** One account as a backtest is given it. */
export interface BacktestAccount {
  readonly tenant: string;
  readonly history: AccountHistory;
  /** Who answers for it; null: nobody. */
  readonly csm: string | null;
  /** What was connected and fresh at an instant of the past; default: `history.inputs`. */
  readonly inputsAt?: (at: number) => Inputs;
  /** Share of its facts whose time of knowledge was assumed by an import. */
  readonly assumedKnowledge?: number;
}

/** A row with everything else that was read off at the same standpoint. */
export interface Snapshot {
  readonly row: ChurnRow;
  readonly features: Features;
}

/** Younger accounts have no history to judge by. */
const LEAST_AGE_DAYS = 28;

/** The last instant before the day: nothing of the day itself is known yet. */
export function standpointOf(history: Pick<AccountHistory, 'timeZone'>, day: EpochDay): AsOf {
  return asOf(dayStart(day, history.timeZone) - 1);
}

/** The account's features on a day of the past, with its sources as they looked then. */
export function featuresOn({ history, inputsAt }: BacktestAccount, day: EpochDay): Features {
  const when = standpointOf(history, day);
  return features(inputsAt ? { ...history, inputs: inputsAt(when.at) } : history, when);
}

/**
 * The account on one day, with the outcome ahead of it; null where it is too young, or where the decision was known already
 * (notice given), for that is no prediction.
 */
export function snapshotOf(account: BacktestAccount, outcome: Outcome, day: EpochDay): Snapshot | null {
  const { history, tenant } = account;
  if (day < zonedDay(history.firstSeen, history.timeZone) + LEAST_AGE_DAYS) return null;
  if (contractTerms(history, standpointOf(history, day)).notice !== null) return null;
  const seen = featuresOn(account, day);
  const { contract, autoRenew, decisionDay, lost } = outcome;
  const values = Object.fromEntries(CHURN_TERMS.map(({ metric }) => [metric, seen.values[metric].value]));
  const row: ChurnRow = {
    tenant,
    account: history.accountId,
    segment: seen.segment ?? '',
    contract,
    autoRenew,
    day,
    decisionDay,
    horizon: decisionDay - day,
    values,
    lost,
  };
  return { row, features: seen };
}

/** The outcome that lies ahead of a day: what a snapshot of that day is held against. */
export function outcomeAhead(outcomes: readonly Outcome[], day: EpochDay): Outcome | null {
  return outcomes.find((one) => (one.fromDay === null ? one.decisionDay > day : one.fromDay === day)) ?? null;
}

/** The account every `stepDays` while a decision that had matured by `through` lay ahead of it: what a fit learns from. */
export function snapshotsOf(account: BacktestAccount, through: EpochDay, stepDays = 28): Snapshot[] {
  const outcomes = outcomesOf(account.history, through);
  const first = zonedDay(account.history.firstSeen, account.history.timeZone);
  const days = new Set(outcomes.flatMap(({ fromDay }) => (fromDay === null ? [] : [fromDay])));
  const last = outcomes.reduce((day, one) => Math.max(day, one.decisionDay), -Infinity);
  for (let day = first; day < last; day += stepDays) days.add(day);
  return [...days].flatMap((day) => {
    const outcome = outcomeAhead(outcomes, day);
    return (outcome && snapshotOf(account, outcome, day)) ?? [];
  });
}
