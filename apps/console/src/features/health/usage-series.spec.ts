import { fillDays, topFeatures, usageSentence, weeklyMean } from './usage-series';

const day = (name: string, activeUsers: number, features: Record<string, number> = {}) => ({
  day: name,
  events: activeUsers * 2,
  activeUsers,
  features,
});

describe('usage', () => {
  it('shows days without events as zero', () => {
    const filled = fillDays([day('2026-03-02', 4)], '2026-03-01', '2026-03-03');
    expect(filled.map((entry) => [entry.day, entry.activeUsers])).toEqual([
      ['2026-03-01', 0],
      ['2026-03-02', 4],
      ['2026-03-03', 0],
    ]);
  });

  it('takes the rhythm of the week out', () => {
    const days = [10, 10, 10, 10, 10, 0, 0, 10].map((users, index) => day(`2026-03-0${index + 1}`, users));
    expect(weeklyMean(days)).toEqual([null, null, null, null, null, null, 7.1, 7.1]);
  });

  it('names the most used features', () => {
    const days = [day('2026-03-01', 1, { a: 1, b: 5 }), day('2026-03-02', 1, { a: 2, c: 1 })];
    expect(topFeatures(days, 2)).toEqual(['b', 'a']);
  });

  it('is a sentence too', () => {
    expect(usageSentence([day('2026-03-01', 10), day('2026-03-02', 4)])).toBe(
      'Daily active users over 2 days: 10.0 on average in the first half, 4.0 in the second.',
    );
  });
});
