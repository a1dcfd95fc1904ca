import type { ChurnRow } from '../probability/churn-model';
import type { BacktestOptions } from './backtest-options';
import { isCanaryQuiet, type Canary } from './canary';
import type { Rater } from './raters';
import { snapshotsOf, type BacktestAccount } from './rows';

const CANARY_EVERY = 20;

/** A look with what every rater said. */
export interface Look {
  readonly row: ChurnRow;
  readonly csm: string | null;
  readonly ratings: readonly number[];
}

/** What is kept of the accounts: their looks, not their histories. */
export interface Reading {
  readonly looks: Look[];
  accounts: number;
  assumed: number;
  canary: Canary;
}

/** Looks at one account every few weeks, and at what came of it. */
export function readAccount(
  reading: Reading,
  account: BacktestAccount,
  raters: readonly Rater[],
  options: BacktestOptions,
): void {
  const { through, stepDays = 28 } = options;
  const snapshots = snapshotsOf(account, through, stepDays);
  for (const snapshot of snapshots)
    reading.looks.push({ row: snapshot.row, csm: account.csm, ratings: raters.map((one) => one.rate(snapshot)) });
  const last = snapshots.reduce((day, { row }) => Math.max(day, row.decisionDay), -Infinity);
  reading.accounts += 1;
  reading.assumed += account.assumedKnowledge ?? 0;
  if (reading.accounts % CANARY_EVERY === 1 && Number.isFinite(last)) {
    const { checked, leaks } = reading.canary;
    reading.canary = { checked: checked + 1, leaks: leaks + Number(!isCanaryQuiet(account, last - 30)) };
  }
}
