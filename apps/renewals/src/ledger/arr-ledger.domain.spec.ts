import { addMonths, asOf, type ContractState, contractTerms, DAY_MS, dayFromIso, isoFromDay } from '@tenure/scoring';
import * as fc from 'fast-check';
import { type AccountContract, termsOf } from '../contracts/contract-term.domain';
import { arrLedger, type Movement } from './arr-ledger.domain';

type Dates = { start: string; end: string };
type Rest = Omit<Partial<ContractState>, 'start' | 'end'>;

const seats = (quantity: number, arrMinor: number, product = 'core', rest = {}) => ({
  lineId: product,
  product,
  kind: 'recurring' as const,
  metric: 'seats',
  quantity,
  arrMinor,
  ...rest,
});
const state = ({ start, end }: Dates, rest: Rest = {}): ContractState => ({
  status: 'active',
  start: dayFromIso(start),
  end: dayFromIso(end),
  currency: 'EUR',
  lines: [seats(10, 1_000_00)],
  ...rest,
});
const told = (one: ContractState, at = one.start * DAY_MS, effective?: string) => ({
  at,
  state: one,
  effectiveDay: effective === undefined ? null : dayFromIso(effective),
  reasonCode: null,
});
const contract = (contractId: string, dates: Dates, rest: Rest = {}): AccountContract => ({
  contractId,
  told: [told(state(dates, rest))],
});

const year = (of: number): Dates => ({ start: `${of}-01-01`, end: `${of}-12-31` });
const ledger = (contracts: readonly AccountContract[], today: string): Movement[] =>
  arrLedger(
    contracts.flatMap((one) => termsOf(one, 'UTC')),
    dayFromIso(today),
  );
const short = (movements: readonly Movement[]) =>
  movements.map((one) => [isoFromDay(one.day), one.kind, one.amountMinor, one.arrAfterMinor]);

describe('the ARR ledger of an account', () => {
  it('begins with the first contract and keeps standing while its end is undecided', () => {
    const only = [contract('a', year(2025))];
    const begun = [['2025-01-01', 'new', 1_000_00, 1_000_00]];
    expect(short(ledger(only, '2025-06-01'))).toEqual(begun);
    expect(short(ledger(only, '2026-03-01'))).toEqual(begun);
  });

  it('churns on the day after the end once the grace of sixty days has passed', () => {
    const movements = ledger([contract('a', year(2025))], '2026-03-02');
    expect(short(movements).slice(1)).toEqual([['2026-01-01', 'churn', -1_000_00, 0]]);
  });

  it('knows nothing of a churn when the successor was signed late, however late', () => {
    const next = contract('b', year(2026), { replacesContractIds: ['a'] });
    expect(short(ledger([contract('a', year(2025)), next], '2026-12-01'))).toHaveLength(1);
  });

  it('calls a renewal at a higher price an expansion by price', () => {
    const next = contract('b', year(2026), { replacesContractIds: ['a'], lines: [seats(10, 1_050_00)] });
    expect(short(ledger([contract('a', year(2025)), next], '2026-02-01')).slice(1)).toEqual([
      ['2026-01-01', 'expansion-price', 50_00, 1_050_00],
    ]);
  });

  it('tells seats and price of one renewal apart', () => {
    const next = contract('b', year(2026), { replacesContractIds: ['a'], lines: [seats(12, 1_320_00)] });
    const movements = ledger([contract('a', year(2025)), next], '2026-02-01');
    expect(short(movements).slice(1)).toEqual([
      ['2026-01-01', 'expansion-price', 120_00, 1_120_00],
      ['2026-01-01', 'expansion-seats', 200_00, 1_320_00],
    ]);
    expect(movements.at(-1)?.reason).toBe('10 → 12 seats.');
  });

  it('counts more seats at a volume discount as their net', () => {
    const next = contract('b', year(2026), { replacesContractIds: ['a'], lines: [seats(20, 1_600_00)] });
    expect(short(ledger([contract('a', year(2025)), next], '2026-02-01')).slice(1)).toEqual([
      ['2026-01-01', 'expansion-seats', 600_00, 1_600_00],
    ]);
  });

  it('sees seats bought inside the term from when they count', () => {
    const first = state(year(2025));
    const more = { ...first, lines: [seats(15, 1_500_00)] };
    const at = Date.parse('2025-04-10T12:00:00Z');
    const [byTelling] = [{ contractId: 'a', told: [told(first), told(more, at)] }];
    const [byDate] = [{ contractId: 'a', told: [told(first), told(more, at, '2025-05-01')] }];
    expect(short(ledger([byTelling], '2025-09-01')).slice(1)).toEqual([
      ['2025-04-10', 'expansion-seats', 500_00, 1_500_00],
    ]);
    expect(short(ledger([byDate], '2025-09-01')).slice(1)).toEqual([
      ['2025-05-01', 'expansion-seats', 500_00, 1_500_00],
    ]);
  });

  it('calls the same seats under another product a tier', () => {
    const next = contract('b', year(2026), { replacesContractIds: ['a'], lines: [seats(10, 1_400_00, 'core-plus')] });
    const movements = ledger([contract('a', year(2025)), next], '2026-02-01');
    expect(short(movements).slice(1)).toEqual([['2026-01-01', 'expansion-tier', 400_00, 1_400_00]]);
    expect(movements[1]).toMatchObject({ product: 'core-plus', contractId: 'b', reason: 'core became core-plus.' });
  });

  it('calls another product an expansion by product, and less of anything a contraction', () => {
    const insights = { lineId: 'x', product: 'insights', kind: 'recurring' as const, arrMinor: 300_00 };
    const both = contract('a', year(2025), {
      lines: [
        seats(10, 1_000_00),
        { ...insights, start: dayFromIso('2025-03-01'), end: dayFromIso('2025-08-31') },
        seats(2, -100_00, 'discount', { start: dayFromIso('2025-10-01') }),
      ],
    });
    expect(short(ledger([both], '2025-12-01')).slice(1)).toEqual([
      ['2025-03-01', 'expansion-product', 300_00, 1_300_00],
      ['2025-09-01', 'contraction', -300_00, 1_000_00],
      ['2025-10-01', 'contraction', -100_00, 900_00],
    ]);
  });

  it('reads ramps from the lines', () => {
    const ramp = contract(
      'a',
      { start: '2025-01-01', end: '2027-12-31' },
      {
        lines: [
          seats(10, 1_000_00, 'core', { lineId: 'y1', end: dayFromIso('2025-12-31') }),
          seats(20, 2_000_00, 'core', { lineId: 'y2', start: dayFromIso('2026-01-01') }),
        ],
      },
    );
    expect(short(ledger([ramp], '2025-06-01'))).toEqual([
      ['2025-01-01', 'new', 1_000_00, 1_000_00],
      ['2026-01-01', 'expansion-seats', 1_000_00, 2_000_00],
    ]);
  });

  it('has a returning customer reactivated', () => {
    const gone = contract('a', year(2024), { status: 'ended' });
    expect(short(ledger([gone, contract('b', year(2026))], '2026-06-01'))).toEqual([
      ['2024-01-01', 'new', 1_000_00, 1_000_00],
      ['2025-01-01', 'churn', -1_000_00, 0],
      ['2026-01-01', 'reactivation', 1_000_00, 1_000_00],
    ]);
  });

  it('knows a churn ahead once notice was given, with its reason', () => {
    const leaving = contract('a', year(2026), { status: 'notice-given', autoRenew: true, reason: 'budget' });
    expect(ledger([leaving], '2026-06-01').at(-1)).toMatchObject({ kind: 'churn', reason: 'budget', contractId: 'a' });
  });

  it('lets a contract that renews by itself, and an evergreen one, go on', () => {
    const rolling = contract('a', year(2022), { autoRenew: true, noticeDays: 30 });
    const monthly = contract('m', { start: '2022-02-01', end: '2022-02-28' }, { evergreen: true });
    expect(short(ledger([rolling], '2026-06-01'))).toHaveLength(1);
    expect(short(ledger([monthly], '2026-06-01'))).toHaveLength(1);
    const left = contract('m', { start: '2022-02-01', end: '2024-02-29' }, { evergreen: true, status: 'ended' });
    expect(short(ledger([left], '2026-06-01')).at(-1)).toEqual(['2024-03-01', 'churn', -1_000_00, 0]);
  });

  it('ends a cancelled contract before its effective day', () => {
    const cancelled = contract('a', year(2026), { status: 'cancelled', effectiveDay: dayFromIso('2026-03-01') });
    expect(short(ledger([cancelled], '2026-06-01')).at(-1)).toEqual(['2026-03-01', 'churn', -1_000_00, 0]);
  });

  it('nets a contract with the one that replaces it before its end', () => {
    const next = contract(
      'b',
      { start: '2025-07-01', end: '2026-06-30' },
      {
        replacesContractIds: ['a'],
        lines: [seats(15, 1_500_00)],
      },
    );
    expect(short(ledger([contract('a', year(2025)), next], '2025-09-01')).slice(1)).toEqual([
      ['2025-07-01', 'expansion-seats', 500_00, 1_500_00],
    ]);
  });

  it('follows terms that one contract is moved on by, and a prolongation at its old end', () => {
    const at = Date.parse('2025-12-05T10:00:00Z');
    const higher = { lines: [seats(10, 1_100_00)] };
    const moved = { contractId: 'a', told: [told(state(year(2025))), told(state(year(2026), higher), at)] };
    const prolonged = state({ start: '2025-01-01', end: '2026-12-31' }, higher);
    const longer = { contractId: 'a', told: [told(state(year(2025))), told(prolonged, at)] };
    const expected = [
      ['2025-01-01', 'new', 1_000_00, 1_000_00],
      ['2026-01-01', 'expansion-price', 100_00, 1_100_00],
    ];
    expect(short(ledger([moved], '2026-06-01'))).toEqual(expected);
    expect(short(ledger([longer], '2026-06-01'))).toEqual(expected);
  });

  it('joins ends on 29 February and on the 30th to what begins the day after', () => {
    const leap = contract('a', { start: '2023-03-01', end: '2024-02-29' });
    const after = contract('b', { start: '2024-03-01', end: '2025-02-28' }, { replacesContractIds: ['a'] });
    const half = contract('c', { start: '2025-03-01', end: '2025-09-30' }, { replacesContractIds: ['b'] });
    const last = contract('d', { start: '2025-10-01', end: '2026-09-30' }, { replacesContractIds: ['c'] });
    expect(short(ledger([last, half, after, leap], '2026-06-01'))).toHaveLength(1);
  });

  it('keeps currencies apart, and a change of currency out of expansion and contraction', () => {
    const dollars = contract('u', year(2025), { currency: 'USD', lines: [seats(5, 700_00, 'insights')] });
    const back = contract('u2', year(2026), {
      currency: 'EUR',
      replacesContractIds: ['u'],
      lines: [seats(5, 650_00, 'insights')],
    });
    const movements = ledger([contract('a', { start: '2025-01-01', end: '2026-12-31' }), dollars, back], '2026-06-01');
    expect(movements.map((one) => [one.currency, one.kind, one.amountMinor, one.arrAfterMinor])).toEqual([
      ['EUR', 'new', 1_000_00, 1_000_00],
      ['USD', 'new', 700_00, 700_00],
      ['EUR', 'correction', 650_00, 1_650_00],
      ['USD', 'correction', -700_00, 0],
    ]);
  });

  it('counts neither drafts nor usage nor one-time lines', () => {
    const lines = [
      { lineId: 'u', product: 'api', kind: 'usage' as const, arrMinor: 5 },
      { lineId: 'o', product: 'setup', kind: 'one-time' as const, arrMinor: 9 },
    ];
    expect(
      ledger([contract('a', year(2025), { status: 'draft' }), contract('b', year(2025), { lines })], '2025-05-01'),
    ).toEqual([]);
  });
});

const product = fc.constantFrom('core', 'core-plus', 'insights');
const anyLine = fc.record({
  product,
  kind: fc.constantFrom('recurring' as const, 'recurring' as const, 'usage' as const),
  metric: fc.constantFrom('seats', 'modules'),
  quantity: fc.integer({ min: 1, max: 50 }),
  arrMinor: fc.integer({ min: -20_000, max: 500_000 }),
  from: fc.option(fc.integer({ min: 0, max: 200 }), { nil: undefined }),
  length: fc.option(fc.integer({ min: 10, max: 400 }), { nil: undefined }),
});
const anyContract = fc.record({
  start: fc.integer({ min: dayFromIso('2022-01-01'), max: dayFromIso('2026-01-01') }),
  months: fc.constantFrom(1, 6, 12, 12, 12, 36),
  status: fc.constantFrom(
    'active' as const,
    'active' as const,
    'ended' as const,
    'notice-given' as const,
    'cancelled' as const,
    'draft' as const,
  ),
  currency: fc.constantFrom('EUR', 'EUR', 'USD'),
  autoRenew: fc.boolean(),
  evergreen: fc.constantFrom(false, false, false, true),
  replaces: fc.boolean(),
  lines: fc.array(anyLine, { minLength: 1, maxLength: 4 }),
});

/** A chain of contracts: each may replace the one before and then begins at its end, or a little off it. */
const anyContracts = fc.array(anyContract, { minLength: 1, maxLength: 5 }).map((list) =>
  list.map((one, index): { id: string; state: ContractState } => {
    const before = list[index - 1];
    const replaces = one.replaces && before !== undefined;
    const start = replaces ? addMonths(before.start, before.months) : one.start;
    const lines = one.lines.map(({ from, length, ...line }, at) => ({
      ...line,
      lineId: `l${at}`,
      ...(from !== undefined && { start: start + from }),
      ...(length !== undefined && { end: start + (from ?? 0) + length }),
    }));
    const { status, currency, autoRenew, evergreen } = one;
    const fields = { status, currency, autoRenew, evergreen, noticeDays: 30, lines };
    const replacing = replaces ? { replacesContractIds: [`c${index - 1}`] } : {};
    return { id: `c${index}`, state: { ...fields, ...replacing, start, end: addMonths(start, one.months) - 1 } };
  }),
);

const today = dayFromIso('2026-06-10');

describe('every ledger', () => {
  it('adds up to the ARR of the contract terms at any date on which nothing is overdue', () => {
    fc.assert(
      fc.property(anyContracts, fc.integer({ min: dayFromIso('2021-12-01'), max: today }), (contracts, day) => {
        const at = Date.parse('2021-01-01T00:00:00Z');
        const history = contracts.map(({ id, state: one }) => ({ id, states: [{ at, knownAt: at, state: one }] }));
        const terms = contractTerms({ timeZone: 'UTC', profile: [], contracts: history }, asOf(day * DAY_MS));
        fc.pre(terms.overdue.length === 0);
        const movements = arrLedger(
          contracts.flatMap(({ id, state: one }) => termsOf({ contractId: id, told: [told(one, at)] }, 'UTC')),
          today,
        );
        for (const currency of ['EUR', 'USD']) {
          const counted = movements.filter((one) => one.currency === currency && one.day <= day);
          const total = counted.reduce((sum, one) => sum + one.amountMinor, 0);
          expect(total).toBe(terms.arrByCurrency[currency] ?? 0);
          expect(counted.at(-1)?.arrAfterMinor ?? 0).toBe(total);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the same for any order of the contracts, in whole minor units, under names that occur once', () => {
    fc.assert(
      fc.property(
        anyContracts.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => {
          const of = (contracts: typeof list) =>
            arrLedger(
              contracts.flatMap(({ id, state: one }) => termsOf({ contractId: id, told: [told(one)] }, 'UTC')),
              today,
            );
          const movements = of(list);
          expect(of(shuffled)).toEqual(movements);
          expect(new Set(movements.map((one) => one.name)).size).toBe(movements.length);
          expect(movements.every((one) => Number.isInteger(one.amountMinor) && one.amountMinor !== 0)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
