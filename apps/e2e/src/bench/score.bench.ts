import { accountHealth, asOf, defaultModel, evaluateSignals } from '@tenure/scoring';

import type { Bench } from './bench';
import { accountOfAYear, noon } from './account-of-a-year';
import { median, rounded } from './line';

const accounts = 300;
const rounds = 5;
const model = defaultModel();

/**
 * Accounts that are judged anew (score with trend and explanation, all signals) in a second of processor time, without a
 * database. Processor time, because it is work that waits for nothing: others on the machine do not count.
 */
export const score: Bench = ({ print }) => {
  const cold: number[] = [];
  const warm: number[] = [];
  for (let n = 0; n < rounds; n += 1) {
    const histories = Array.from({ length: accounts }, (_, seed) => accountOfAYear(seed + n * accounts));
    const judge = (at: number): number => {
      const began = process.cpuUsage();
      for (const history of histories) {
        accountHealth(history, asOf(at), model);
        evaluateSignals(history, asOf(at));
      }
      const { user, system } = process.cpuUsage(began);
      return (accounts * 1e6) / (user + system);
    };
    cold.push(judge(noon));
    warm.push(judge(noon + 60_000));
  }
  print({
    name: 'score',
    value: median(cold),
    unit: 'accounts/s of processor time',
    detail: { accounts, days: 365, users: 25, remembered: rounded(median(warm)), rounds: cold.map(rounded) },
  });
  return Promise.resolve();
};
