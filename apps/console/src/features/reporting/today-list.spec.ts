import type { TodayItem } from '../../api/types';
import { headline, isNear, waiting } from './today-list';

const item = (over: Partial<TodayItem>): TodayItem => ({
  accountId: 'acme',
  name: 'Acme',
  arr: 100_000,
  currency: 'USD',
  score: 40,
  band: 'red',
  trend: -12,
  decisionDate: '2026-04-01',
  daysToDecision: 20,
  owner: null,
  rank: 1,
  arrAtRisk: 60_000,
  reasons: [],
  alertIds: ['a1', 'a2'],
  ...over,
});

describe('waiting', () => {
  it('leaves out a row once all its alerts were acted on, and not before', () => {
    expect(waiting([item({})], new Set(['a1']))).toHaveLength(1);
    expect(waiting([item({})], new Set(['a1', 'a2']))).toHaveLength(0);
  });
});

describe('headline', () => {
  it('counts accounts and adds up what is at risk', () => {
    expect(headline([item({}), item({})], 4)).toBe('2 accounts need you · $120k at risk · 4 more can wait');
    expect(headline([item({})], 0)).toBe('1 account needs you · $60k at risk');
  });

  it('never adds two currencies', () => {
    expect(headline([item({}), item({ currency: 'EUR' })], 0)).toBe('2 accounts need you');
  });
});

it('a decision is near within thirty days, or when it has passed', () => {
  expect([isNear(30), isNear(31), isNear(-4), isNear(null)]).toEqual([true, false, true, false]);
});
