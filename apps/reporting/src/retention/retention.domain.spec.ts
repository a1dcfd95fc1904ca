import type { MovementKind } from '@tenure/contracts';
import { dayFromIso } from '@tenure/scoring';
import fc from 'fast-check';
import { type LedgerAccount, type LedgerLine, linesBehind, logoOf, retention } from './retention.domain';
import { monthsOf, trailingYear } from './retention-period.domain';

const year = { from: dayFromIso('2025-01-01'), to: dayFromIso('2026-01-01') };

type Short = readonly [day: string, kind: MovementKind, amount: number, currency?: string];

const account = (accountId: string, lines: readonly Short[], logo = accountId): LedgerAccount => ({
  accountId,
  logo,
  lines: lines.map(([day, kind, amount, currency = 'USD']) => ({
    ...{ accountId, kind, currency },
    day: dayFromIso(day),
    amountMinor: BigInt(amount),
  })),
});

describe('NRR and GRR', () => {
  it('are those of the textbook: 100 at the start, 20 more, 10 less, 5 gone', () => {
    const base = [
      account('grew', [
        ['2024-03-01', 'new', 50],
        ['2025-03-01', 'expansion-seats', 20],
      ]),
      account('shrank', [
        ['2024-03-01', 'new', 45],
        ['2025-03-01', 'contraction', -10],
      ]),
      account('left', [
        ['2024-03-01', 'new', 5],
        ['2025-06-01', 'churn', -5],
      ]),
      account('came', [
        ['2025-02-01', 'new', 1_000],
        ['2025-05-01', 'expansion-tier', 500],
      ]),
    ];
    expect(retention(base, year, 'USD')).toEqual({
      startingArr: 100n,
      expansion: 20n,
      contraction: 10n,
      churn: 5n,
      nrr: 1.05,
      grr: 0.85,
      logoChurn: { lost: 1, start: 3, rate: 1 / 3 },
      n: 3,
    });
  });

  it('net expansion against contraction per account for GRR, and never across accounts', () => {
    const both = account('both', [
      ['2024-03-01', 'new', 100],
      ['2025-02-01', 'contraction', -30],
      ['2025-08-01', 'expansion-product', 40],
    ]);
    expect(retention([both], year, 'USD')).toMatchObject({ expansion: 40n, contraction: 30n, nrr: 1.1, grr: 1 });
    const one = account('one', [
      ['2024-03-01', 'new', 100],
      ['2025-02-01', 'contraction', -30],
    ]);
    const two = account('two', [
      ['2024-03-01', 'new', 100],
      ['2025-02-01', 'expansion-price', 40],
    ]);
    expect(retention([one, two], year, 'USD')).toMatchObject({ nrr: 1.05, grr: 0.85 });
  });

  it('count a movement on the first day of the period, and none on the day after its last', () => {
    const first = account('a', [
      ['2024-12-31', 'new', 100],
      ['2025-01-01', 'contraction', -10],
    ]);
    const last = account('b', [
      ['2024-12-31', 'new', 100],
      ['2026-01-01', 'churn', -100],
    ]);
    expect(retention([first, last], year, 'USD')).toMatchObject({ contraction: 10n, churn: 0n, startingArr: 200n });
    expect(retention([account('c', [['2025-01-01', 'new', 5]])], year, 'USD').n).toBe(0);
  });

  it('call an account that left and came back neither lost nor reduced', () => {
    const back = account('back', [
      ['2024-03-01', 'new', 100],
      ['2025-02-01', 'churn', -100],
      ['2025-09-01', 'reactivation', 100],
    ]);
    expect(retention([back], year, 'USD')).toMatchObject({
      churn: 100n,
      expansion: 100n,
      nrr: 1,
      grr: 1,
      logoChurn: { lost: 0 },
    });
  });

  it('never mix currencies, and take a change of currency for no movement at all', () => {
    const moved = account('moved', [
      ['2024-03-01', 'new', 100, 'EUR'],
      ['2025-05-01', 'correction', -100, 'EUR'],
      ['2025-05-01', 'correction', 110, 'USD'],
    ]);
    const euro = account('euro', [['2024-03-01', 'new', 70, 'EUR']]);
    expect(retention([moved, euro], year, 'USD')).toMatchObject({
      startingArr: 110n,
      nrr: 1,
      grr: 1,
      n: 1,
      logoChurn: { lost: 0, start: 1 },
    });
    expect(retention([moved, euro], year, 'EUR')).toMatchObject({
      startingArr: 70n,
      nrr: 1,
      churn: 0n,
      contraction: 0n,
      n: 1,
    });
  });

  it('take a churn that a late signature undid for none, and show both of its lines', () => {
    const late = account('late', [
      ['2024-03-01', 'new', 100],
      ['2025-05-01', 'churn', -100],
      ['2025-05-01', 'correction', 100],
    ]);
    expect(retention([late], year, 'USD')).toMatchObject({
      startingArr: 100n,
      churn: 0n,
      nrr: 1,
      grr: 1,
      expansion: 0n,
    });
    expect(linesBehind([late], year, 'USD', 'churn').map((line) => line.amountMinor)).toEqual([-100n, 100n]);
  });

  it('are null where there was nothing at the start', () => {
    expect(retention([], year, 'USD')).toMatchObject({ nrr: null, grr: null, logoChurn: { rate: null }, n: 0 });
  });
});

describe('logo churn', () => {
  it('counts ultimate parents: a customer that keeps one of its accounts is not lost', () => {
    const family = [
      account(
        'child-1',
        [
          ['2024-03-01', 'new', 10],
          ['2025-03-01', 'churn', -10],
        ],
        'parent',
      ),
      account('child-2', [['2024-03-01', 'new', 10]], 'parent'),
      account('single', [
        ['2024-03-01', 'new', 10],
        ['2025-03-01', 'churn', -10],
      ]),
    ];
    expect(retention(family, year, 'USD').logoChurn).toEqual({ lost: 1, start: 2, rate: 0.5 });
  });

  it('finds the ultimate parent, also in a circle', () => {
    const parents = new Map([
      ['a', 'b'],
      ['b', 'c'],
      ['x', 'y'],
      ['y', 'x'],
    ]);
    expect([logoOf('a', parents), logoOf('c', parents)]).toEqual(['c', 'c']);
    expect(logoOf('x', parents)).toBe('y');
  });
});

describe('the lines behind a figure', () => {
  const accounts = [
    account('at-start', [
      ['2024-03-01', 'new', 100],
      ['2025-02-01', 'contraction', -30],
      ['2025-08-01', 'expansion-product', 40],
      ['2025-09-01', 'correction', 1],
    ]),
    account('later', [
      ['2025-03-01', 'new', 100],
      ['2025-04-01', 'churn', -100],
    ]),
  ];
  const kinds = (figure: 'nrr' | 'grr' | 'expansion' | 'churn') =>
    linesBehind(accounts, year, 'USD', figure).map((line) => line.kind);

  it('are of the period and of accounts that were customers at its start', () => {
    expect(kinds('nrr')).toEqual(['contraction', 'expansion-product']);
    expect(kinds('grr')).toEqual(['contraction']);
    expect(kinds('expansion')).toEqual(['expansion-product']);
    expect(kinds('churn')).toEqual([]);
  });
});

describe('by properties', () => {
  const kind = fc.constantFrom<MovementKind>('expansion-seats', 'expansion-price', 'contraction', 'reactivation');
  const line = fc.tuple(fc.integer({ min: 0, max: 900 }), kind, fc.integer({ min: 1, max: 1_000 }));
  const ledger = fc.array(fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.array(line, { maxLength: 8 })), {
    maxLength: 6,
  });
  const made = (all: readonly (readonly [number, readonly (readonly [number, MovementKind, number])[]])[]) =>
    all.map(([start, lines], at): LedgerAccount => {
      const accountId = `a-${at}`;
      const first: LedgerLine = {
        accountId,
        day: year.from - 400,
        kind: 'new',
        currency: 'USD',
        amountMinor: BigInt(start),
      };
      // Nobody gives up more than they have.
      let running = start;
      const rest = lines
        .toSorted(([a], [b]) => a - b)
        .map(([day, each, amount]): LedgerLine => {
          const signed = each === 'contraction' ? -Math.min(amount, running) : amount;
          running += signed;
          const when = year.from - 300 + day;
          return { accountId, kind: each, currency: 'USD', day: when, amountMinor: BigInt(signed) };
        });
      return { accountId, logo: accountId, lines: [first, ...rest] };
    });

  it('GRR is between 0 and 1 and never above NRR; start, movements and end add up', () => {
    fc.assert(
      fc.property(ledger, (all) => {
        const { nrr, grr, startingArr, expansion, contraction, churn } = retention(made(all), year, 'USD');
        const end = startingArr + expansion - contraction - churn;
        expect(nrr).toBe(startingArr === 0n ? null : Number(end) / Number(startingArr));
        expect(grr ?? 0).toBeGreaterThanOrEqual(0);
        expect(grr ?? 0).toBeLessThanOrEqual(Math.min(1, nrr ?? 0));
      }),
    );
  });

  it('the order of the lines does not matter', () => {
    fc.assert(
      fc.property(ledger, (all) => {
        const turned = made(all).map((each) => ({ ...each, lines: each.lines.toReversed() }));
        expect(retention(turned, year, 'USD')).toEqual(retention(made(all), year, 'USD'));
      }),
    );
  });
});

describe('periods', () => {
  it('are a trailing year without today, and its calendar months cut at its ends', () => {
    const period = trailingYear(dayFromIso('2026-03-10'));
    expect(period).toEqual({ from: dayFromIso('2025-03-10'), to: dayFromIso('2026-03-10') });
    const months = monthsOf(period);
    expect([months.length, months[0], months.at(-1)]).toEqual([
      13,
      { month: '2025-03', from: period.from, to: dayFromIso('2025-04-01') },
      { month: '2026-03', from: dayFromIso('2026-03-01'), to: period.to },
    ]);
  });
});
