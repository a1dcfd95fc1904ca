import type { RenewalMonth } from '../../api/types';
import { calendarRange, currencies, monthBars, monthRange, probabilityText } from './renewal-months';

const month = (over: Partial<RenewalMonth>): RenewalMonth => ({
  month: '2026-01',
  currency: 'USD',
  due: 100,
  expected: 80,
  count: 1,
  byCategory: {
    churn: { arr: 40, count: 1 },
    commit: { arr: 60, count: 1 },
    'best-case': { arr: 0, count: 0 },
    'at-risk': { arr: 0, count: 0 },
  },
  items: [],
  ...over,
});

describe('the calendar', () => {
  it('spans the months just past and a year ahead', () => {
    expect(calendarRange('2026-11-22')).toEqual({ from: '2026-09-01', to: '2027-11-01' });
    expect(monthRange('2026-12')).toEqual({ from: '2026-12-01', to: '2027-01-01' });
  });

  it('has no gaps and keeps the order of categories', () => {
    const bars = monthBars(
      [month({ month: '2026-03' }), month({}), month({ currency: 'EUR', month: '2026-06' })],
      'USD',
    );
    expect(bars.map((bar) => [bar.month, bar.due])).toEqual([
      ['2026-01', 100],
      ['2026-02', 0],
      ['2026-03', 100],
    ]);
    expect(bars[0]?.parts.map((part) => part.category)).toEqual(['commit', 'churn']);
  });

  it('keeps currencies apart', () => {
    expect(currencies([month({ currency: 'EUR', due: 5 }), month({})])).toEqual(['USD', 'EUR']);
  });
});

it('a probability names its basis', () => {
  expect(probabilityText({ probability: 0.82, probabilityBy: 'model', probabilityBasis: 'prior' })).toBe(
    '82\u202f% · prior',
  );
  expect(probabilityText({ probability: 0.9, probabilityBy: 'csm', probabilityBasis: 'person' })).toBe(
    '90\u202f% · CSM',
  );
  expect(probabilityText({ probability: null, probabilityBy: 'model', probabilityBasis: 'prior' })).toBe('–');
});
