import { type BacktestAccount, type ChurnRow, DAY_MS, outcomesOf, snapshotOf } from '@tenure/scoring';
import { courseOf, historyOf, inputsOn, observe, type Observed } from '../population/account.domain';
import { type Decision, latentProbability } from '../population/decision.domain';
import type { Estate } from '../population/population.domain';

/** A row as the product sees it, with what only the generator knows. */
export interface Studied {
  readonly row: ChurnRow;
  readonly decision: Decision;
  /** P(lost) for whoever sees the latent state itself on that day: nobody can do better from what is observable. */
  readonly latent: number;
  readonly csm: string;
}

/** The account as a backtest is given it: its sources as they looked on the day. */
export function backtestAccount(observed: Observed): BacktestAccount {
  const { estate, member } = observed.course;
  return {
    tenant: estate.tenant,
    history: historyOf(observed),
    csm: `${estate.tenant}/${member.csm}`,
    inputsAt: (at) => inputsOn(estate, Math.floor(at / DAY_MS)),
  };
}

export interface StudyOptions {
  readonly horizons: readonly number[];
  /** Only decisions from … to (epoch days, both included). */
  readonly from: number;
  readonly to: number;
}

/** The renewals of one account that fell in the period, looked at from each horizon. Monthly plans have none. */
export function studyAccount(estate: Estate, index: number, { horizons, from, to }: StudyOptions): Studied[] {
  const course = courseOf(estate, index);
  const inside = course?.decisions.filter(({ day }) => day >= from && day <= to) ?? [];
  if (course === null || inside.length === 0) return [];
  const observed = observe(course);
  const account = backtestAccount(observed);
  const outcomes = new Map(outcomesOf(account.history, estate.until).map((one) => [one.decisionDay, one]));
  return inside.flatMap((decision) => {
    const outcome = outcomes.get(decision.day);
    if (!outcome) return [];
    return horizons.flatMap((horizon): Studied[] => {
      const snapshot = snapshotOf(account, outcome, decision.day - horizon);
      if (!snapshot) return [];
      const latent = latentProbability(observed.course, decision, horizon);
      return [{ row: snapshot.row, decision, latent, csm: account.csm ?? '' }];
    });
  });
}
