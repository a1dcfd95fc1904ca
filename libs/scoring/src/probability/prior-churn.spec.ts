import { contractTerms } from '../contracts/contract-terms';
import { features } from '../features/features';
import type { AccountHistory } from '../history/account-history';
import { asOf } from '../history/as-of';
import { emptyHistory, entity, humans, liveInputs, NOON, TODAY, workdays } from '../history/history-builder';
import { UsageDays } from '../history/usage-days';
import { priorChurnProbability } from './prior-churn';

function probabilityOf(overrides: Partial<AccountHistory>) {
  const history = emptyHistory({ users: humans(20), inputs: liveInputs('usage', 'users', 'contracts'), ...overrides });
  return priorChurnProbability(features(history, asOf(NOON)), contractTerms(history, asOf(NOON)));
}
const usage = (users: (ago: number) => number) => ({ usage: UsageDays.of(workdays(250, 0, users)) });

describe('priorChurnProbability', () => {
  it('adds up in log-odds and says that it is a prior', () => {
    const { parts, logOdds, probability, basis } = probabilityOf(usage(() => 15));
    expect(parts.reduce((sum, part) => sum + part.logOdds, 0)).toBeCloseTo(logOdds, 9);
    expect(Math.log(probability / (1 - probability))).toBeCloseTo(logOdds, 9);
    expect(basis).toBe('prior');
  });

  it('orders the healthy, the declining and those who gave notice', () => {
    const contract = {
      status: 'notice-given' as const,
      start: TODAY - 300,
      end: TODAY + 60,
      currency: 'EUR',
      lines: [],
    };
    const healthy = probabilityOf(usage(() => 15)).probability;
    const declining = probabilityOf(usage((ago) => (ago < 30 ? 4 : 15))).probability;
    const leaving = probabilityOf({ ...usage(() => 15), contracts: [entity('c', 3, contract)] }).probability;
    expect(healthy).toBeLessThan(0.1);
    expect(declining).toBeGreaterThan(0.25);
    expect(leaving).toBeGreaterThan(0.75);
  });
});
