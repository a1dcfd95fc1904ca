import { renewalMonths } from './calendar.domain';

const entry = (renewalId: string, decisionDate: string, due: number, rest = {}) => ({
  renewalId,
  decisionDate,
  currency: 'EUR',
  category: 'commit' as const,
  due,
  expected: due / 2,
  ...rest,
});

describe('renewalMonths', () => {
  it('adds up by month and currency, to the cent, and by category', () => {
    const months = renewalMonths([
      entry('c', '2026-07-01', 0.2, { category: 'churn', expected: 0 }),
      entry('a', '2026-06-30', 10),
      entry('b', '2026-07-15', 0.1, { expected: 0.1 }),
      entry('d', '2026-07-15', 5, { currency: 'USD' }),
    ]);
    expect(months.map(({ month, currency, due, expected, count }) => [month, currency, due, expected, count])).toEqual([
      ['2026-06', 'EUR', 10, 5, 1],
      ['2026-07', 'EUR', 0.3, 0.1, 2],
      ['2026-07', 'USD', 5, 2.5, 1],
    ]);
    expect(months[1]).toMatchObject({
      items: ['c', 'b'],
      byCategory: { commit: { arr: 0.1, count: 1 }, churn: { arr: 0.2, count: 1 }, 'at-risk': { arr: 0, count: 0 } },
    });
  });
});
