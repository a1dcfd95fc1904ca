import { defaultModel } from '../models/default-model';
import type { BacktestOptions } from './backtest-options';
import { reportOf } from './make-report';
import { baselineRaters, scoreRater, type Rater } from './raters';
import { rateLooks } from './rate-looks';
import { readAccount, type Reading } from './read-looks';
import type { BacktestProgress, BacktestReport } from './report';
import type { BacktestAccount } from './rows';

/**
 * A model against the past: looks every few weeks with what was known then, outcomes that came later, learned on earlier
 * decisions of other accounts. Yields its progress after every account, so that a caller can show it, breathe, and stop by
 * returning; the report comes last. Memory: a few hundred bytes per look; histories are not kept.
 */
export async function* backtest(
  accounts: Iterable<BacktestAccount> | AsyncIterable<BacktestAccount>,
  options: BacktestOptions,
  total: number | null = null,
): AsyncGenerator<BacktestProgress, BacktestReport, void> {
  const raters = ratersOf(options);
  const reading: Reading = { looks: [], accounts: 0, assumed: 0, canary: { checked: 0, leaks: 0 } };
  for await (const account of accounts) {
    readAccount(reading, account, raters, options);
    yield { stage: 'reading', done: reading.accounts, total };
  }
  yield { stage: 'fitting', done: reading.accounts, total };
  const rated = rateLooks(reading.looks, raters, options);
  yield { stage: 'measuring', done: reading.accounts, total };
  return reportOf(reading, rated, raters, options);
}

function ratersOf({ subject, handWeighted = defaultModel() }: BacktestOptions): Rater[] {
  const own = subject.kind === 'score' ? [scoreRater(`score ${subject.model.version}`, subject.model)] : [];
  return [...own, ...baselineRaters(handWeighted)];
}
