import { lastDays } from './day-series';

it('the last 28 days are all there, oldest first', () => {
  const series = lastDays(
    [
      { day: '2026-05-02', n: 1 },
      { day: '2026-05-03', n: 2 },
      { day: '2026-01-01', n: 9 },
    ],
    '2026-05-03',
  );
  expect(series).toHaveLength(28);
  expect(series.slice(-3).map((each) => each?.n)).toEqual([undefined, 1, 2]);
});
