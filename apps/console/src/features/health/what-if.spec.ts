import { FEATURE_NAMES, type ModelFile } from '@tenure/scoring/what-if';
import { successor, whatIf, type WhatIfAccount, whatIfSentence, withMeasure } from './what-if';

const model: ModelFile = {
  name: 'ours',
  number: 1,
  onboardingDays: 60,
  coverageFloor: 0.3,
  bands: { green: { enter: 70, leave: 66 }, yellow: { enter: 45, leave: 41 } },
  measures: ['seat-utilisation', 'nps'].map((metric) => ({
    name: metric,
    group: metric,
    metric: metric as 'nps',
    weight: 50,
    curve: [
      [0, 0],
      [1, 100],
    ],
  })),
};

const account = (accountId: string, seats: number, nps: number | null): WhatIfAccount => ({
  accountId,
  name: null,
  arr: null,
  currency: null,
  asOf: '2026-06-10',
  segment: null,
  stage: null,
  band: 'green',
  score: null,
  values: {
    ...(Object.fromEntries(FEATURE_NAMES.map((name) => [name, null])) as WhatIfAccount['values']),
    'seat-utilisation': seats,
    nps,
    'account-age-days': 400,
  },
});

describe('what if the model were another one', () => {
  const accounts = [account('acme', 1, 0.5), account('globex', 1, 0.2)];

  it('scores accounts by both, the largest change first', () => {
    const rows = whatIf(accounts, model, withMeasure(model, 'nps', { weight: 150 }));
    expect(rows.map((row) => [row.account.accountId, row.before.score, row.after.score, row.change])).toEqual([
      ['globex', 60, 40, -20],
      ['acme', 75, 62.5, -12.5],
    ]);
    expect(whatIfSentence(rows)).toBe('2 of the 2 largest accounts get another score, 2 another band.');
  });

  it('changes nothing for the same model', () =>
    expect(whatIfSentence(whatIf(accounts, model, model))).toBe('No score changes among the 2 largest accounts.'));

  it('numbers the next one beyond all that were kept', () => {
    expect(
      successor(model, [
        { name: 'ours', number: 4 },
        { name: 'other', number: 9 },
      ]).number,
    ).toBe(5);
    expect(successor(model, []).number).toBe(2);
  });
});
