import { type BacktestAccount, type ChurnRow, DAY_MS, outcomesOf, snapshotOf } from '@tenure/scoring';
import { courseOf, historyOf, inputsOn, observe, type Observed } from '../population/account.domain';
import { type Decision, latentProbability } from '../population/decision.domain';
import type { Estate } from '../population/population.domain';
import { observablesOn } from './observables.domain';

/** A row as the product sees it, with what only the generator knows. */
export interface Studied {
  readonly row: ChurnRow;
  readonly decision: Decision;
  /** P(lost) for whoever sees the latent state itself on that day: nobody can do better from what is observable. */
  readonly latent: number;
  /** What could be read off without the product's features, at the one horizon where it is asked for. */
  readonly observables: readonly number[] | null;
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
  /** Horizon at which the observables are read off as well. */
  readonly observablesAt?: number;
}

/** The renewals of one account that fell in the period, looked at from each horizon. Monthly plans have none. */
export function studyAccount(
  estate: Estate,
  index: number,
  { horizons, from, to, observablesAt }: StudyOptions,
): Studied[] {
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
      const isAsked = horizon === observablesAt;
      const observables = isAsked ? observablesOn(observed, account.history, decision.day - horizon) : null;
      return [{ row: snapshot.row, decision, latent, observables }];
    });
  });
}

/** Renewals of as many estates as it takes to have `least` of them, each looked at from every horizon. */
export function studyEstates(
  estates: readonly Estate[],
  least: number,
  options: (estate: Estate) => StudyOptions,
): Studied[] {
  const studied: Studied[] = [];
  const decisions = new Set<string>();
  for (const estate of estates)
    for (let index = 0; index < estate.accounts && decisions.size < least; index += 1)
      for (const one of studyAccount(estate, index, options(estate))) {
        studied.push(one);
        decisions.add(`${one.row.account}/${one.row.decisionDay}`);
      }
  return studied;
}
