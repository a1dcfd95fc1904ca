import { isoFromDay } from '../time/day';
import type { BacktestOptions } from './backtest-options';
import { groupsOf } from './groups';
import { alertBurden, leadTime, type RatedLook } from './lead-time';
import { measures } from './measures';
import type { RatedLooks } from './rate-looks';
import type { Rater } from './raters';
import type { Look, Reading } from './read-looks';
import type { BacktestReport, HorizonReport, PredictorReport } from './report';

const HORIZONS = [30, 60, 90, 120, 180] as const;
const BOOTSTRAP_DRAWS = 200;

/** One look per decision: the first at or after so many days before it. */
function atHorizon(test: readonly Look[], horizon: number, stepDays: number): number[] {
  const chosen = new Map<string, number>();
  test.forEach(({ row }, i) => {
    const off = row.horizon - horizon;
    const exact = row.contract === 'monthly' ? horizon === 90 : off >= 0 && off < stepDays;
    if (exact) chosen.set(`${row.tenant}/${row.account}/${row.decisionDay}`, i);
  });
  return [...chosen.values()];
}

function horizonReport(rated: RatedLooks, raters: readonly Rater[], days: number, stepDays: number): HorizonReport[] {
  const chosen = atHorizon(rated.test, days, stepDays);
  const looks = chosen.flatMap((i) => rated.test[i] ?? []);
  const lost = looks.filter(({ row }) => row.lost).length;
  if (lost === 0 || lost === looks.length) return [];
  const reference = rated.train.filter(({ row }) => row.lost).length / Math.max(1, rated.train.length);
  const of = (name: string, said: readonly number[], isProbability: boolean): PredictorReport => {
    const predictions = chosen.map((i, n) => {
      const row = looks[n]?.row;
      return { account: `${row?.tenant}/${row?.account}`, probability: said[i] ?? NaN, lost: row?.lost === true };
    });
    const isUsable = reference > 0 && reference < 1;
    return {
      name,
      isProbability,
      measures: measures(predictions, { draws: BOOTSTRAP_DRAWS, ...(isUsable && { reference }) }),
    };
  };
  const isChurn = rated.said.length > raters.length;
  const names = isChurn ? [`churn ${rated.version}`, ...raters.map((one) => one.name)] : raters.map((one) => one.name);
  const [model, ...baselines] = names.map((name, n) => of(name, rated.said[n] ?? [], isChurn && n === 0));
  if (!model) return [];
  const groups = groupsOf(looks.map(({ row }, n) => ({ ...row, probability: rated.said[0]?.[chosen[n] ?? 0] ?? NaN })));
  return [{ days, model, baselines, groups }];
}

export function reportOf(
  reading: Reading,
  rated: RatedLooks,
  raters: readonly Rater[],
  options: BacktestOptions,
): BacktestReport {
  const { stepDays = 28, horizons = HORIZONS, alertShare = 0.2 } = options;
  const { train, test, splitDay } = rated;
  const looks: RatedLook[] = test.map(({ row, csm }, i) => ({
    account: `${row.tenant}/${row.account}`,
    csm,
    day: row.day,
    decisionDay: row.decisionDay,
    probability: rated.said[0]?.[i] ?? 0,
    lost: row.lost,
  }));
  const lead = leadTime(
    looks.filter((_, i) => test[i]?.row.contract !== 'monthly'),
    alertShare,
  );
  const reports = horizons.flatMap((days) => horizonReport(rated, raters, days, stepDays));
  const all = reading.looks.map(({ row }) => row.day);
  return {
    modelVersion: rated.version,
    from: isoFromDay(all.reduce((a, b) => Math.min(a, b), options.through)),
    to: isoFromDay(options.through),
    accounts: reading.accounts,
    snapshots: reading.looks.length,
    assumedKnowledge: reading.assumed / Math.max(1, reading.accounts),
    canary: reading.canary,
    split: {
      day: isoFromDay(splitDay),
      ...counts('train', train),
      ...counts('test', test),
      unseenAccounts: options.subject.kind === 'churn' && options.subject.model === null,
    },
    horizons: reports,
    leadTime: lead,
    burden: lead && alertBurden(looks, lead.threshold),
    verdict: verdictOf(reports, rated.caveat),
  };
}

function counts<Part extends 'train' | 'test'>(part: Part, looks: readonly Look[]) {
  const decided = new Map(looks.map(({ row }) => [`${row.tenant}/${row.account}/${row.decisionDay}`, row.lost]));
  const lost = [...decided.values()].filter(Boolean).length;
  return { [`${part}Renewals`]: decided.size, [`${part}Lost`]: lost } as Record<
    `${Part}Renewals` | `${Part}Lost`,
    number
  >;
}

function verdictOf(reports: readonly HorizonReport[], caveat: string | null): string {
  const at = reports.find(({ days }) => days === 60) ?? reports[0];
  if (!at) return caveat ?? 'No evidence: no renewal with both outcomes could be tested.';
  const { auc, brierSkill, n } = at.model.measures;
  const range = `AUC ${auc.value.toFixed(2)} (${auc.low.toFixed(2)} to ${auc.high.toFixed(2)})`;
  const skill = `Brier skill ${(100 * brierSkill.value).toFixed(1)} %`;
  const has = auc.low > 0.5 && (!at.model.isProbability || brierSkill.value > 0);
  const sentence = has ? `${range}, ${skill}` : `No evidence of skill: ${range}, ${skill}`;
  return `${caveat === null ? '' : `${caveat} `}${sentence}, on ${n} renewals ${at.days} days ahead.`;
}
