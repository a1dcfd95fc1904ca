import type { HealthDistribution, Retention } from '../../api/types';
import { bandShares, flowLinks, flowSentence, retentionFigures } from './report-figures';

const data: HealthDistribution = {
  asOf: '2026-03-12',
  compareTo: '2025-12-12',
  currency: 'USD',
  bands: [
    { band: 'red', accounts: 1, arr: 100 },
    { band: 'green', accounts: 3, arr: 300 },
    { band: 'unknown', accounts: 0, arr: 0 },
  ],
  flow: [
    { from: 'green', to: 'green', accounts: 3, arr: 300 },
    { from: 'green', to: 'red', accounts: 1, arr: 100 },
    { from: 'red', to: 'green', accounts: 0, arr: 0 },
  ],
  series: [],
};

describe('the distribution', () => {
  it('has shares in the order of the bands, without empty ones', () => {
    expect(bandShares(data, 'arr')).toEqual([
      { band: 'green', value: 300, share: 0.75 },
      { band: 'red', value: 100, share: 0.25 },
    ]);
  });

  it('flows from then to now', () => {
    expect(flowLinks(data, 'accounts')).toEqual([
      { source: 'Green then', target: 'Green now', value: 3 },
      { source: 'Green then', target: 'Red now', value: 1 },
    ]);
    expect(flowSentence(data)).toBe('Moved between bands: 1 account from green to red.');
  });
});

it('retention cards show the figures and where they come from', () => {
  const retention = {
    currency: 'USD',
    startingArr: 18_240_000,
    expansion: 2_110_000,
    contraction: 412_000,
    churn: 903_000,
    nrr: 1.0436,
    grr: null,
    logoChurn: { lost: 11, start: 287, rate: 0.0383 },
  } as Retention;
  const figures = retentionFigures(retention);
  expect(figures.map((figure) => [figure.id, figure.value])).toEqual([
    ['nrr', '104.4\u202f%'],
    ['grr', '–'],
    ['expansion', '$2.1M'],
    ['contraction', '$412k'],
    ['churn', '$903k'],
  ]);
  expect(figures[4]?.note).toBe('11 customers of 287 · 3.8\u202f%');
});
