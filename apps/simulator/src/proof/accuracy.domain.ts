import {
  brierSkill,
  auc,
  learnChurn,
  measures,
  priorChurnModel,
  rowProbability,
  type ChurnModel,
  type Prediction,
} from '@tenure/scoring';
import { addMonths, dayOf } from '../world/calendar.domain';
import { type Estate, estates, noTraps, type Regime, type Traps } from '../population/population.domain';
import { line, type ProofLine, short } from './line.domain';
import { referenceProbability } from './reference.domain';
import { type Studied, studyEstates } from './study.domain';

export const proofUntil = dayOf('2026-06-30');
const horizon = 60;
const learnMonths = 14;

export interface Size {
  readonly train: number;
  readonly test: number;
}

export function proofEstates(seed: string, regime: Regime, traps: Partial<Traps> = {}): Estate[] {
  return estates({ seed, tenants: 80, months: 24, until: proofUntil, regime, traps: { ...noTraps, ...traps } });
}

/** Decisions of the first 14 months teach, those after them test, on other tenants. */
export function split(seed: string, regime: Regime, { train, test }: Size, traps: Partial<Traps> = {}) {
  const learnUntil = (estate: Estate) => addMonths(estate.start, learnMonths);
  const taught = studyEstates(proofEstates(`${seed}-train`, regime, traps), train, (estate) => ({
    horizons: [60, 90],
    from: estate.start + 120,
    to: learnUntil(estate),
  }));
  const tested = studyEstates(proofEstates(`${seed}-test`, regime, traps), test, (estate) => ({
    horizons: [horizon],
    from: learnUntil(estate) + 46,
    to: estate.until - 106,
    observablesAt: horizon,
  }));
  return { taught, tested };
}

export const said = (tested: readonly Studied[], rate: (one: Studied) => number): Prediction[] =>
  tested.map((one) => ({ account: one.row.account, lost: one.row.lost, probability: rate(one) }));

/** The accuracy of the churn probability beside the best that could be had, on tenants and dates that it never saw. */
export function accuracyLines(seed: string, regime: Regime, size: Size): ProofLine[] {
  const { taught, tested } = split(seed, regime, size);
  const { model } = learnChurn(taught.map(({ row }) => row));
  const used = model ?? priorChurnModel();
  const own = measures(
    said(tested, ({ row }) => rowProbability(used, row)),
    { draws: 200 },
  );
  const best = said(tested, ({ observables }) => referenceProbability(observables ?? []));
  const latent = said(tested, (one) => one.latent);
  const name = (what: string) => (regime === 'normal' ? `score-proof-${what}` : `score-proof-${regime}-${what}`);
  const sample = { regime, trainRenewals: renewals(taught), renewals: own.n, lost: own.lost, daysAhead: horizon };
  const interval = [short(own.auc.low), short(own.auc.high)];
  const aucs = { auc: short(own.auc.value), interval, best: short(auc(best)), latentOracle: short(auc(latent)) };
  const skills = {
    skill: short(own.brierSkill.value),
    best: short(brierSkill(best)),
    latentOracle: short(brierSkill(latent)),
  };
  const { slope, intercept } = own.calibration;
  return [
    line(name('auc-gap'), auc(best) - own.auc.value, 'AUC', { most: 0.015 }, { ...sample, ...aucs }),
    line(
      name('skill-share'),
      own.brierSkill.value / brierSkill(best),
      'share',
      { least: 0.9 },
      { ...sample, ...skills },
    ),
    line(
      name('calibration-slope'),
      slope,
      'slope',
      { least: 0.85, most: 1.15 },
      { ...sample, intercept: short(intercept) },
    ),
    line(name('ece'), own.calibrationError, 'ECE', { most: 0.02 }, { ...sample, noise: short(own.calibrationNoise) }),
    line(
      name('lift'),
      own.liftAt10,
      'times',
      { least: 3.1 },
      { ...sample, baseRate: short(own.baseRate), captureAt20: short(own.captureAt20) },
    ),
    ...(regime === 'normal' ? [leadLine(tested, used, sample), ...selfChecks(tested)] : []),
  ];
}

const renewals = (studied: readonly Studied[]) =>
  new Set(studied.map(({ row }) => `${row.account}/${row.decisionDay}`)).size;

/** Of the churners whose decline had begun by then, how many stand among the riskiest fifth of the accounts, 60 days ahead. */
function leadLine(tested: readonly Studied[], model: ChurnModel, sample: object): ProofLine {
  const rated = tested.map((one) => ({ one, p: rowProbability(model, one.row) })).sort((a, b) => b.p - a.p);
  const alerted = new Set(rated.slice(0, Math.floor(0.2 * rated.length)).map(({ one }) => one));
  const visible = tested.filter(
    ({ row, decision }) => row.lost && decision.onset !== null && decision.onset <= row.day,
  );
  const byKind = Object.fromEntries(
    [...Map.groupBy(visible, ({ decision }) => decision.kind)].map(([kind, own]) => [
      kind,
      `${own.filter((one) => alerted.has(one)).length} of ${own.length}`,
    ]),
  );
  const caught = visible.filter((one) => alerted.has(one)).length / visible.length;
  return line(
    'score-proof-caught-60-days-ahead',
    caught,
    'share',
    { least: 0.65 },
    { ...sample, alertedShare: 0.2, visible: visible.length, byKind },
  );
}

/** What the generator promises of itself. */
function selfChecks(tested: readonly Studied[]): ProofLine[] {
  const base = tested.filter(({ row }) => row.lost).length / tested.length;
  const expected = tested.reduce((sum, { decision }) => sum + decision.probability, 0);
  const variance = tested.reduce((sum, { decision: { probability: p } }) => sum + p * (1 - p), 0);
  const off = Math.abs(base * tested.length - expected) / Math.sqrt(variance);
  const singles = Object.keys(tested[0]?.row.values ?? {}).map((metric) => {
    const known = tested.flatMap(({ row }) => {
      const value = row.values[metric as keyof typeof row.values];
      return value === null || value === undefined ? [] : [{ probability: value, lost: row.lost }];
    });
    const area = auc(known);
    return { metric, auc: Math.max(area, 1 - area) || 0 };
  });
  const top = singles.reduce((a, b) => (b.auc > a.auc ? b : a));
  const best = auc(said(tested, ({ observables }) => referenceProbability(observables ?? [])));
  return [
    line('score-proof-generator-base-churn', base, 'share', { least: 0.08, most: 0.15 }),
    line(
      'score-proof-generator-hazard',
      off,
      'standard deviations',
      { most: 3 },
      { lost: base * tested.length, expected: short(expected) },
    ),
    line('score-proof-generator-best-feature', top.auc, 'AUC', { most: 0.72 }, { metric: top.metric }),
    line('score-proof-generator-best-observable', best, 'AUC', { least: 0.74, most: 0.82 }),
  ];
}
