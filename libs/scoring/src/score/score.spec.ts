import fc from 'fast-check';
import { FEATURE_NAMES, type Feature, type FeatureName, type Features } from '../features/feature';
import type { Curve, ModelFile } from '../model/model';
import { withVersion } from '../model/model-version';
import { defaultModel } from '../models/default-model';
import { score } from './score';

const feature = (value: number | null): Feature => ({ value, reason: `is ${value}`, evidence: [] });

function featuresOf(values: Partial<Record<FeatureName, number | null>>, segment: string | null = null): Features {
  const all = Object.fromEntries(FEATURE_NAMES.map((name) => [name, feature(values[name] ?? null)]));
  return { asOf: '2026-03-04', segment, stage: null, values: all as Record<FeatureName, Feature> };
}

const file = (measures: ModelFile['measures'], rest: Partial<ModelFile> = {}): ModelFile => ({
  name: 'spec',
  number: 1,
  onboardingDays: 60,
  coverageFloor: 0.5,
  bands: { green: { enter: 70, leave: 66 }, yellow: { enter: 40, leave: 36 } },
  measures,
  ...rest,
});

const straight: Curve = [
  [0, 0],
  [100, 100],
];
const measure = (name: string, metric: FeatureName, weight: number) => ({
  name,
  group: name,
  metric,
  weight,
  curve: straight,
});
const two = withVersion(
  file([measure('nps', 'nps', 3), measure('csat', 'ticket-csat', 1)], {
    caps: [
      { name: 'champion-left', when: { metric: 'champions-left', atLeast: 1 }, at: 50 },
      { name: 'notice-given', when: { metric: 'notice-given', atLeast: 1 }, at: 20 },
    ],
  }),
);

const hundredths = (points: number) => Math.round(points * 100);

describe('score', () => {
  it('weighs the points of each measure', () => {
    const result = score(featuresOf({ nps: 80, 'ticket-csat': 40 }), two);
    expect(result).toMatchObject({ score: 70, band: 'green', coverage: 1 });
    expect(result.contributions.map(({ points, maxPoints }) => [points, maxPoints])).toEqual([
      [60, 75],
      [10, 25],
    ]);
  });

  it('leaves a missing measure out and shares its weight among the others', () => {
    const result = score(featuresOf({ nps: 80 }), two);
    expect(result).toMatchObject({ score: 80, coverage: 0.75, missing: [{ measure: 'csat' }] });
  });

  it('is unknown, never green, below the floor of coverage', () => {
    const result = score(featuresOf({ 'ticket-csat': 100 }), two);
    expect(result).toMatchObject({ score: 100, band: 'unknown', coverage: 0.25 });
  });

  it('has no number where nothing is known', () => {
    expect(score(featuresOf({}), two)).toMatchObject({ score: null, band: 'unknown', coverage: 0, contributions: [] });
  });

  it('is onboarding for the first sixty days', () => {
    const at = (days: number) => score(featuresOf({ nps: 90, 'ticket-csat': 90, 'account-age-days': days }), two).band;
    expect([at(0), at(59), at(60)]).toEqual(['onboarding', 'onboarding', 'green']);
  });

  it('shows every cap as a line of its own, the mildest first', () => {
    const result = score(featuresOf({ nps: 80, 'ticket-csat': 80, 'champions-left': 1, 'notice-given': 1 }), two);
    expect(result.score).toBe(20);
    expect(result.contributions.slice(2).map(({ measure: name, points }) => [name, points])).toEqual([
      ['cap:champion-left', -30],
      ['cap:notice-given', -30],
    ]);
  });

  it('shows what a person set as a line of its own', () => {
    const override = { score: 90, reason: 'they told me', by: 'ann' };
    const result = score(featuresOf({ nps: 50, 'ticket-csat': 50 }), two, { override });
    expect(result).toMatchObject({ score: 90, band: 'green' });
    expect(result.contributions.at(-1)).toMatchObject({ measure: 'override:score', points: 40 });
  });

  it('keeps a band until the score leaves its margin', () => {
    const band = (nps: number, previousBand: 'green' | 'yellow' | 'red') =>
      score(featuresOf({ nps, 'ticket-csat': nps }), two, { previousBand }).band;
    expect([band(67, 'green'), band(67, 'yellow'), band(65, 'green')]).toEqual(['green', 'yellow', 'yellow']);
    expect([band(37, 'yellow'), band(37, 'red'), band(35, 'yellow')]).toEqual(['yellow', 'red', 'red']);
  });

  it('fits weights to segment and to the first days', () => {
    const maxOf = (values: Partial<Record<FeatureName, number>>, segment: string | null) =>
      score(
        featuresOf({ 'seat-utilisation': 1, 'usage-change-fast': 0, 'live-contacts': 1, ...values }, segment),
        defaultModel(),
      ).contributions.map((one) => one.measure);
    expect(maxOf({}, null)).toContain('usage-trend');
    expect(maxOf({ 'account-age-days': 5 }, null)).not.toContain('usage-trend');
  });
});

const values = fc.record(
  Object.fromEntries(
    FEATURE_NAMES.map((name) => [name, fc.option(fc.double({ min: -5, max: 120, noNaN: true }), { freq: 4 })]),
  ) as Record<FeatureName, fc.Arbitrary<number | null>>,
);
const models = fc
  .array(
    fc.record({ metric: fc.constantFrom(...FEATURE_NAMES), weight: fc.double({ min: 0.01, max: 50, noNaN: true }) }),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((measures) =>
    withVersion(
      file(
        measures.map(({ metric, weight }, i) => measure(`m${i}`, metric, weight)),
        { caps: two.caps ?? [] },
      ),
    ),
  );

describe('score, in every case', () => {
  it('adds up exactly, stays within 0 and 100, and never exceeds a maximum', () => {
    fc.assert(
      fc.property(values, fc.oneof(models, fc.constant(defaultModel())), (given, model) => {
        const result = score(featuresOf(given), model);
        const total = result.contributions.reduce((sum, one) => sum + hundredths(one.points), 0);
        expect(total).toBe(hundredths(result.score ?? 0));
        expect(result.score ?? 0).toBeGreaterThanOrEqual(0);
        expect(result.score ?? 0).toBeLessThanOrEqual(100);
        for (const { points, maxPoints } of result.contributions) expect(points).toBeLessThanOrEqual(maxPoints);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is never a colour below the floor of coverage', () => {
    fc.assert(
      fc.property(values, models, fc.constantFrom('green' as const, undefined), (given, model, band) => {
        const override = band && { band, reason: 'r', by: 'b' };
        const result = score(featuresOf(given), model, { previousBand: 'green', ...(override && { override }) });
        const coloured = ['green', 'yellow', 'red'].includes(result.band);
        expect(coloured && result.coverage < model.coverageFloor).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never falls when one metric on a rising curve rises', () => {
    fc.assert(
      fc.property(values, models, fc.double({ min: 0, max: 50, noNaN: true }), (given, model, more) => {
        const free = { ...given, 'champions-left': 0, 'notice-given': 0, 'account-age-days': 90 };
        const before = score(featuresOf({ ...free, nps: given.nps ?? 0 }), model).score ?? 0;
        const after = score(featuresOf({ ...free, nps: (given.nps ?? 0) + more }), model).score ?? 0;
        expect(after).toBeGreaterThanOrEqual(before);
      }),
      { numRuns: 1_000 },
    );
  });
});
