import fc from 'fast-check';
import { seeded } from '../backtest/seeded';
import type { Features } from '../features/feature';
import { FEATURE_NAMES } from '../features/feature';
import type { ContractTerms } from '../contracts/terms';
import type { ChurnModel, ChurnRow } from './churn-model';
import { churnProbability } from './churn-probability';
import { driftOf, poissonLimits } from './drift';
import { sigmoid } from './logistic';
import { learnChurn } from './learn-churn';
import { priorChurnModel } from './prior-churn';
import { rowProbability } from './row-probability';
import { CHURN_TERMS } from './terms';

const random = seeded(3);
const terms: ContractTerms = {
  arrByCurrency: {},
  arrSource: 'contracts',
  decisionDate: 20_000,
  daysToDecision: 60,
  nextEnd: 20_000,
  nextContractId: 'c',
  autoRenew: true,
  notice: null,
  overdue: [],
  seats: null,
  inForce: ['c'],
};

/** Decisions over two years whose odds hang on utilisation and the champion, or on nothing. */
function rows(count: number, signal: boolean): ChurnRow[] {
  return Array.from({ length: count }, (_, i) => {
    const [use, left] = [random(), random() < 0.15 ? 1 : 0];
    const p = signal ? sigmoid(-0.9 - 3.5 * (use - 0.2) + 1.6 * left) : 0.15;
    const values = { 'seat-utilisation': use, 'champions-left': left, nps: random() < 0.5 ? null : 8 };
    const decisionDay = 19_000 + Math.floor((i / count) * 700);
    const where = { tenant: 't', account: `a${i}`, segment: 'smb', contract: 'annual', autoRenew: true } as const;
    return { ...where, day: decisionDay - 60, decisionDay, horizon: 60, values, lost: random() < p };
  });
}

function featuresOf(values: Readonly<Record<string, number | null>>): Features {
  const entries = FEATURE_NAMES.map((name) => [
    name,
    { value: values[name] ?? null, reason: `${name}.`, evidence: [] },
  ]);
  return { asOf: '2026-01-01', segment: 'smb', stage: null, values: Object.fromEntries(entries) as Features['values'] };
}

const learned = learnChurn(rows(900, true));
const model = learned.model ?? priorChurnModel();

describe('learning the churn probability', () => {
  it('finds what the odds hang on, calibrates it and says how good it is', () => {
    const { card } = learned;
    expect(card.abstention).toBeNull();
    expect(card.measures?.auc.low).toBeGreaterThan(0.6);
    expect(card.measures?.calibration.slope).toBeGreaterThan(0.6);
    const odds = (use: number, left: number) =>
      churnProbability(featuresOf({ 'seat-utilisation': use, 'champions-left': left }), terms, model).probability;
    expect(odds(0.1, 0)).toBeGreaterThan(3 * odds(0.9, 0));
    expect(odds(0.5, 1)).toBeGreaterThan(2 * odds(0.5, 0));
  });

  it('gives the same model whatever the order of the rows', () => {
    const given = rows(200, true);
    expect(learnChurn(given.toReversed()).model).toEqual(learnChurn(given).model);
  });

  it('keeps every curve in the direction of the experts', () => {
    for (const { prior, curve } of model.terms) {
      const direction = Math.sign((prior.at(-1) ?? 0) - (prior[0] ?? 0));
      curve.slice(1).forEach((one, i) => expect(direction * (one - (curve[i] ?? 0))).toBeGreaterThanOrEqual(-1e-9));
    }
  });

  it('abstains below 100 outcomes and keeps to the prior', () => {
    const { model: kept, card } = learnChurn(rows(40, true));
    expect(kept?.basis).toBe('prior');
    expect(card.abstention).toMatchObject({ why: 'too-few-outcomes', outcomes: 40, needed: 100 });
  });

  it('says "no evidence of skill" where there is nothing to find', () => {
    const { model: none, card } = learnChurn(rows(500, false));
    expect(none).toBeNull();
    expect(card.abstention?.why).toBe('no-skill');
    expect(card.verdict).toMatch(/^No evidence of skill \(AUC/);
  });
});

describe('an explanation', () => {
  const value = fc.option(fc.double({ min: -2, max: 200, noNaN: true }), { freq: 4 });

  it.each<[string, ChurnModel]>([
    ['prior', priorChurnModel()],
    ['fitted', model],
  ])('of the %s model adds up, and a stored row gives the same', (_, used) => {
    fc.assert(
      fc.property(fc.array(value, { minLength: CHURN_TERMS.length, maxLength: CHURN_TERMS.length }), (drawn) => {
        const values = Object.fromEntries(CHURN_TERMS.map(({ metric }, i) => [metric, drawn[i] ?? null]));
        const { parts, logOdds, probability } = churnProbability(featuresOf(values), terms, used);
        expect(Math.abs(parts.reduce((sum, part) => sum + part.logOdds, 0) - logOdds)).toBeLessThan(1e-9);
        const row: ChurnRow = { ...rows(1, true)[0]!, horizon: 60, values };
        expect(rowProbability(used, row)).toBeCloseTo(probability, 9);
      }),
      { numRuns: 500 },
    );
  });

  it('speaks of association, not of cause', () => {
    const { parts } = churnProbability(featuresOf({ 'seat-utilisation': 0.05 }), terms, model);
    expect(parts.find(({ name }) => name === 'seat-utilisation')?.reason).toMatch(
      /Associated with \d.* times higher odds/,
    );
  });
});

describe('drift', () => {
  const year = (shift: (day: number) => number) =>
    Array.from({ length: 1_500 }, (_, i) => {
      const decisionDay = 20_000 + Math.floor(i / 4);
      return { decisionDay, probability: 0.12, lost: random() < 0.12 * shift(decisionDay) };
    });

  it('is found soon after the odds have doubled, and not before', () => {
    const { detectedOn } = driftOf(year((day) => (day < 20_200 ? 1 : 2.2)));
    expect(detectedOn).not.toBeNull();
    const day = Date.parse(detectedOn ?? '') / 86_400_000;
    expect(day).toBeGreaterThanOrEqual(20_200);
    expect(day).toBeLessThanOrEqual(20_200 + 70);
  });

  it('is not found in chance', () => {
    expect(driftOf(year(() => 1)).detectedOn).toBeNull();
  });

  it('has the limits of a Poisson variable', () => {
    // scipy.stats.poisson.ppf([.01, .99], 10)
    expect(poissonLimits(10, 0.01)).toEqual([3, 18]);
  });
});
