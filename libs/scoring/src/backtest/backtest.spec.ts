import { emptyHistory, entity, humans, noonOf, TODAY, workdays } from '../history/history-builder';
import { UsageDays } from '../history/usage-days';
import { defaultModel } from '../models/default-model';
import { backtest } from './backtest';
import type { BacktestOptions } from './backtest-options';
import { isCanaryQuiet } from './canary';
import { outcomesOf } from './outcomes';
import type { BacktestReport } from './report';
import type { BacktestAccount } from './rows';
import { seeded } from './seeded';

const random = seeded(7);

/** A contract of a year that ended so many days ago; those in decline mostly leave. */
function account(number: number): BacktestAccount {
  const ended = 60 + Math.floor(random() * 240);
  const declines = random() < 0.3;
  const lost = random() < (declines ? 0.7 : 0.05);
  const start = TODAY - ended - 364;
  const old = { status: 'active' as const, start, end: TODAY - ended, currency: 'EUR', lines: [] };
  const states = [
    entity('old', ended + 364, old).states,
    entity('old', ended - 1, { ...old, status: 'ended' as const }).states,
  ];
  const next = { ...old, start: TODAY - ended + 1, end: TODAY - ended + 365, replacesContractIds: ['old'] };
  const contracts = [{ id: 'old', states: states.flat() }, ...(lost ? [] : [entity('new', ended + 10, next)])];
  const usage = UsageDays.of(workdays(560, 0, (ago) => (declines && ago < ended + 120 ? 3 : 10 + (number % 5))));
  const history = emptyHistory({
    accountId: `a${number}`,
    users: humans(15),
    usage,
    contracts,
    firstSeen: noonOf(560),
  });
  return { tenant: 't', history, csm: `csm-${number % 3}` };
}

const accounts = Array.from({ length: 260 }, (_, number) => account(number));

async function run(options: Partial<BacktestOptions> = {}): Promise<{ report: BacktestReport; stages: string[] }> {
  const stages: string[] = [];
  const steps = backtest(
    accounts,
    { subject: { kind: 'churn', model: null }, through: TODAY, ...options },
    accounts.length,
  );
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return { report: step.value, stages: [...new Set(stages)] };
    stages.push(step.value.stage);
  }
}

describe('a backtest', () => {
  it('reads outcomes from contracts alone', () => {
    const outcomes = accounts.flatMap(({ history }) => outcomesOf(history, TODAY));
    expect(outcomes).toHaveLength(260);
    const lost = outcomes.filter((one) => one.lost).length;
    expect(lost).toBeGreaterThan(35);
    expect(lost).toBeLessThan(100);
    expect(new Set(outcomes.map((one) => one.contract))).toEqual(new Set(['annual']));
  });

  it('learns before, tests after on other accounts, and says where it knew too little to learn', async () => {
    const { report, stages } = await run();
    expect(stages).toEqual(['reading', 'fitting', 'measuring']);
    expect(report.canary).toEqual({ checked: 13, leaks: 0 });
    expect(report.split.unseenAccounts).toBe(true);
    const at60 = report.horizons.find(({ days }) => days === 60);
    const base = at60?.baselines.find(({ name }) => name === 'base rate');
    expect(at60?.model.measures.auc.value).toBeGreaterThan(0.7);
    expect(at60?.model.measures.brierSkill.low).toBeGreaterThan(0);
    expect(base?.measures.auc.value).toBe(0.5);
    expect(report.leadTime?.caught60).toBeGreaterThan(0.3);
    expect(report.burden?.csms).toBe(3);
    expect(report.verdict).toMatch(/too few for a probability of your own.* AUC 0\.\d\d/);
  });

  it('tests a version of the score in the same way', async () => {
    const { report } = await run({ subject: { kind: 'score', model: defaultModel() } });
    expect(report.modelVersion).toBe(defaultModel().version);
    expect(report.horizons.length).toBeGreaterThan(0);
  });

  it('stops where its reader stops', async () => {
    const steps = backtest(accounts, { subject: { kind: 'churn', model: null }, through: TODAY });
    await steps.next();
    await steps.return(undefined as never);
    expect((await steps.next()).done).toBe(true);
  });

  it('sees nothing of an absurd future', () => {
    for (const one of accounts.slice(0, 10)) expect(isCanaryQuiet(one, TODAY - 90)).toBe(true);
  });
});
