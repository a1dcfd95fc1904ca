import fc from 'fast-check';
import { bitmapExceeds, bitmapOf, bitmapOr, bitmapOrdinals, bitmapWithout, EMPTY_BITMAP, popcount } from './bitmap';
import { TODAY, usageDay } from './history-builder';
import { UsageDays, type UsageDay } from './usage-days';

const ordinals = fc.uniqueArray(fc.integer({ min: 0, max: 70 }), { maxLength: 12 });

describe('bitmaps', () => {
  it('are sets', () => {
    fc.assert(
      fc.property(ordinals, ordinals, (a, b) => {
        const [x, y] = [bitmapOf(a), bitmapOf(b)];
        expect(bitmapOrdinals(bitmapOr(x, y))).toEqual([...new Set([...a, ...b])].sort((m, n) => m - n));
        const without = a.filter((one) => !b.includes(one));
        expect(popcount(bitmapWithout(x, y))).toBe(without.length);
        expect(bitmapExceeds(x, y)).toBe(without.length > 0);
      }),
      { numRuns: 500 },
    );
  });
});

const rows = fc.uniqueArray(
  fc
    .record({ day: fc.integer({ min: 0, max: 40 }), late: fc.integer({ min: 0, max: 5 }), users: ordinals })
    .map(({ day, late, users }): UsageDay => ({ ...usageDay(day, users), knownDay: TODAY - day + late })),
  { selector: (row) => `${row.day}:${row.knownDay}`, maxLength: 30 },
);

describe('UsageDays', () => {
  it('are the same when they were stored and read again', () => {
    fc.assert(
      fc.property(rows, (list) => {
        const days = UsageDays.of(list);
        const stored = list.flatMap((row) => days.packedDay(row.day, row.knownDay) ?? []);
        expect(stored).toHaveLength(list.length);
        expect(UsageDays.restored(days.eventNames, stored).all()).toEqual(days.all());
      }),
    );
  });

  it('is the same for every order of its rows, and for rows given twice', () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (given, keys) => {
        const shuffled = [...given, ...given]
          .map((row) => ({ row, key: keys.next().value }))
          .sort((a, b) => a.key - b.key);
        const other = UsageDays.of(shuffled.map(({ row }) => row));
        expect(other.all()).toEqual(UsageDays.of(given).all());
      }),
      { numRuns: 300 },
    );
  });

  it('adds deltas up to the same rows as one load', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const days = new UsageDays();
        for (const row of given) days.add(row);
        expect(days.all()).toEqual(UsageDays.of(given).all());
      }),
      { numRuns: 300 },
    );
  });

  it('does not see what became known later', () => {
    const late: UsageDay = { ...usageDay(10, 9), knownDay: TODAY - 2 };
    const days = UsageDays.of([usageDay(10, 2), late]);
    const seen = (known: number) => days.countActive(TODAY - 20, TODAY, known, EMPTY_BITMAP);
    expect([seen(TODAY - 3), seen(TODAY - 2)]).toEqual([2, 9]);
  });

  it('leaves out users who are not human', () => {
    const days = UsageDays.of([usageDay(3, [0, 1, 5]), usageDay(2, [5])]);
    const robots = bitmapOf([5]);
    expect(days.countActive(TODAY - 5, TODAY, TODAY, robots)).toBe(2);
    expect(days.lastActiveDay(TODAY, TODAY, robots)).toBe(TODAY - 3);
  });

  it('forgets a remembered value when one of its days changes, and only then', () => {
    const days = UsageDays.of([usageDay(3, 1), usageDay(0, 1)]);
    let computed = 0;
    const ask = () => days.remember('k', { through: TODAY - 1, known: TODAY, except: EMPTY_BITMAP }, () => ++computed);
    ask();
    days.add(usageDay(0, 4));
    expect(ask()).toBe(1);
    days.add(usageDay(1, 4));
    expect(ask()).toBe(2);
  });

  it('sums events of a delta and keeps the latest instant', () => {
    const days = new UsageDays();
    days.add({ ...usageDay(0, 1, ['a']), lastAt: 5 });
    days.add({ ...usageDay(0, [7], ['a', 'b']), lastAt: 3 });
    expect(days.rows(TODAY, TODAY)).toMatchObject([{ events: 3, byName: { a: 2, b: 1 }, lastAt: 5 }]);
  });
});
