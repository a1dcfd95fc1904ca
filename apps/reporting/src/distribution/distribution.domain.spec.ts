import type { Band } from '@tenure/contracts';
import fc from 'fast-check';
import {
  type BandDay,
  flowOf,
  otherCurrencies,
  seriesDays,
  seriesOf,
  standingOn,
  totalsOf,
} from './distribution.domain';

const row = (accountId: string, day: number, band: Band, arr: number, over: Partial<BandDay> = {}): BandDay => ({
  ...{ accountId, day, band },
  arrMinor: BigInt(arr),
  currency: 'USD',
  counts: true,
  ...over,
});

const rows = [
  row('a', 1, 'green', 100),
  row('b', 1, 'yellow', 50),
  row('euro', 1, 'green', 70, { currency: 'EUR' }),
  row('a', 5, 'red', 100),
  row('late', 6, 'green', 10),
  row('b', 8, 'yellow', 0, { counts: false }),
];

describe('the distribution', () => {
  it('carries the last known band forward, and counts each account once', () => {
    expect(totalsOf(standingOn(rows, 4), 'USD')).toMatchObject({
      green: { accounts: 2, arrMinor: 100n },
      yellow: { accounts: 1, arrMinor: 50n },
      red: { accounts: 0, arrMinor: 0n },
    });
    expect(totalsOf(standingOn(rows, 7), 'USD')).toMatchObject({
      green: { accounts: 2 },
      red: { accounts: 1, arrMinor: 100n },
    });
  });

  it('leaves out who no longer counts, and names the currencies that are not in the money', () => {
    expect([...standingOn(rows, 8).keys()]).toEqual(['a', 'euro', 'late']);
    expect(otherCurrencies(standingOn(rows, 8), 'USD')).toEqual(['EUR']);
  });

  it('flows from where accounts stood to where they stand, with the money of now', () => {
    const flow = flowOf(standingOn(rows, 4), standingOn(rows, 7), 'USD');
    expect(flow).toEqual([
      { from: 'green', to: 'green', accounts: 1, arrMinor: 0n },
      { from: 'green', to: 'red', accounts: 1, arrMinor: 100n },
      { from: 'yellow', to: 'yellow', accounts: 1, arrMinor: 50n },
    ]);
  });

  it('has a series by day up to a quarter, by week beyond, ending on the last day', () => {
    expect(seriesDays(1, 4)).toEqual([1, 2, 3, 4]);
    expect(seriesDays(0, 100).slice(-2)).toEqual([93, 100]);
  });

  it('says the same in the series as on each of its days', () => {
    const bandsOf = fc.constantFrom<Band>('green', 'yellow', 'red', 'unknown');
    const some = fc.array(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c'),
        day: fc.integer({ min: 0, max: 20 }),
        band: bandsOf,
        arr: fc.nat(100),
        counts: fc.boolean(),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(some, (list) => {
        const unique = [...new Map(list.map((each) => [`${each.id}/${each.day}`, each])).values()];
        const made = unique
          .map(({ id, day, band, arr, counts }) => row(id, day, band, arr, { counts }))
          .sort((a, b) => a.day - b.day);
        for (const { day, totals } of seriesOf(made, seriesDays(0, 20), 'USD')) {
          expect(totals).toEqual(totalsOf(standingOn(made, day), 'USD'));
        }
      }),
    );
  });
});
