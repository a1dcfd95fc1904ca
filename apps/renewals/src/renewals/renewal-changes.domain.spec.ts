import { addMonths, type ContractState, DAY_MS, dayFromIso, isoFromDay } from '@tenure/scoring';
import * as fc from 'fast-check';
import { spansOf } from '../contracts/contract-span.domain';
import { type AccountContract, termsOf } from '../contracts/contract-term.domain';
import { callRenewal } from './call.domain';
import type { KnownHealth, Proposal } from './forecast.domain';
import { leadOf, nextTurn } from './horizon.domain';
import { renewalCandidates } from './renewal-candidates.domain';
import { type KeptRenewal, type RenewalChange, renewalChanges } from './renewal-changes.domain';

type Rest = Omit<Partial<ContractState>, 'start' | 'end'>;

const line = (arrMinor: number, rest = {}) => ({
  lineId: 'l1',
  product: 'core',
  kind: 'recurring' as const,
  metric: 'seats',
  quantity: 10,
  arrMinor,
  ...rest,
});
function contract(contractId: string, start: string, end: string, rest: Rest = {}): AccountContract {
  const state: ContractState = {
    status: 'active',
    start: dayFromIso(start),
    end: dayFromIso(end),
    currency: 'EUR',
    lines: [line(1_000_00)],
    ...rest,
  };
  return { contractId, told: [{ at: state.start * DAY_MS, state, effectiveDay: null, reasonCode: null }] };
}

interface Given {
  readonly contracts: readonly AccountContract[];
  readonly today: string;
  readonly segment?: string;
  readonly health?: KnownHealth;
  readonly proposals?: readonly Proposal[];
  readonly accountId?: string;
}
const inputsOf = ({ contracts, today, segment, health, proposals, accountId = 'acme' }: Given) => {
  const terms = contracts.flatMap((one) => termsOf(one, 'UTC'));
  return {
    account: { accountId, name: 'Acme', segment: segment ?? null, ownerEmail: 'cara@acme.test' },
    spans: spansOf(terms, dayFromIso(today)),
    proposals: proposals ?? [],
    health: health ?? null,
    lead: leadOf(segment ?? null),
    today: dayFromIso(today),
    idOf: (name: string) => `${accountId}/${name}`,
  };
};
const changesOf = (given: Given, open: readonly KeptRenewal[] = []): RenewalChange[] =>
  renewalChanges(inputsOf(given), open);
/** The open renewals after these changes. */
const after = (changes: readonly RenewalChange[], open: readonly KeptRenewal[] = []): KeptRenewal[] => {
  const held = new Map(open.map((one) => [one.renewalId, one]));
  for (const change of changes) held.set(change.after.renewalId, change.after);
  return [...held.values()].filter((one) => one.open);
};
const health = (band: KnownHealth['band'], contributions: [string, number][] = []): KnownHealth => ({
  score: 50,
  band,
  asOf: '2026-06-10T00:00:00Z',
  contributions: contributions.map(([measure, value]) => {
    return { measure, value, points: 1, maxPoints: 20, reason: `${measure} is ${value}.`, evidence: [] };
  }),
});
const annual = contract('a', '2026-01-01', '2026-12-31');

describe('renewals of an account', () => {
  it('opens one inside the horizon, by the decision date', () => {
    const longer = contract('a', '2026-01-01', '2027-06-30');
    expect(changesOf({ contracts: [longer], today: '2026-06-29' })).toEqual([]);
    const [opened] = changesOf({ contracts: [longer], today: '2026-06-30' });
    expect(opened).toMatchObject({
      change: 'opened',
      after: { version: 1, row: { decisionDate: '2027-06-30', endDate: '2027-06-30', stage: 'upcoming' } },
    });
    expect(opened?.after.row.amounts).toEqual({ due: 1_000, flat: 1_000, uplift: 0, downsell: 0, expected: 890 });
  });

  it('sees enterprise accounts 540 days ahead', () => {
    const far = contract('a', '2026-01-01', '2027-06-30');
    expect(changesOf({ contracts: [far], today: '2026-01-05', segment: 'enterprise' })).toEqual([]);
    expect(changesOf({ contracts: [far], today: '2026-01-06', segment: 'enterprise' })).toHaveLength(1);
  });

  it('decides before the notice period where it renews by itself, and closes as renewed once that has passed', () => {
    const given = { contracts: [contract('a', '2026-01-01', '2026-12-31', { autoRenew: true, noticeDays: 60 })] };
    const open = after(changesOf({ ...given, today: '2026-06-01' }));
    expect(open[0]?.row).toMatchObject({ decisionDate: '2026-11-01', endDate: '2026-12-31', autoRenew: true });
    expect(changesOf({ ...given, today: '2026-11-01' }, open).map((one) => one.change)).toEqual(['changed']);
    const changes = changesOf({ ...given, today: '2026-11-02' }, open);
    expect(changes).toMatchObject([
      { change: 'closed', after: { row: { outcome: 'renewed', stage: 'closed' } } },
      { change: 'opened', after: { row: { endDate: '2027-12-31', decisionDate: '2027-11-01' } } },
    ]);
  });

  it('makes one renewal with lines of contracts that end within 31 days of each other', () => {
    const near = contract('b', '2026-02-01', '2027-01-31', { lines: [line(500_00, { product: 'insights' })] });
    const [opened, ...others] = changesOf({ contracts: [annual, near], today: '2026-06-01' });
    expect(others).toEqual([]);
    expect(opened?.after.row).toMatchObject({
      contractIds: ['a', 'b'],
      amounts: { due: 1_500 },
      endDate: '2026-12-31',
    });
    expect(opened?.after.row.lines.map((one) => one.contractId)).toEqual(['a', 'b']);
    const apart = contract('b', '2026-02-02', '2027-02-01');
    expect(changesOf({ contracts: [annual, apart], today: '2026-06-01' })).toHaveLength(2);
  });

  it('goes on as the same renewal when a contract joins it', () => {
    const open = after(changesOf({ contracts: [annual], today: '2026-06-01' }));
    const joined = contract('0', '2026-06-01', '2026-12-15', { lines: [line(70_00)] });
    expect(changesOf({ contracts: [annual, joined], today: '2026-06-02' }, open)).toMatchObject([
      { change: 'changed', after: { renewalId: open[0]?.renewalId, version: 2, row: { amounts: { due: 1_070 } } } },
    ]);
  });

  it('renews several years at their final end, with a checkpoint each year, and their last ramp step', () => {
    const ramp = [
      line(800_00, { lineId: 'y1', end: dayFromIso('2026-02-28') }),
      line(900_00, { lineId: 'y2', start: dayFromIso('2026-03-01') }),
    ];
    const three = contract('a', '2025-03-01', '2028-02-29', { lines: ramp });
    const open = after(changesOf({ contracts: [three], today: '2025-06-01' }));
    expect(open[0]?.row).toMatchObject({ endDate: '2028-02-29', checkpoint: '2026-03-01', amounts: { due: 900 } });
    expect(after(changesOf({ contracts: [three], today: '2026-03-01' }, open), open)[0]?.row.checkpoint).toBe(
      '2027-03-01',
    );
    expect(after(changesOf({ contracts: [three], today: '2027-03-01' }, open), open)[0]?.row.checkpoint).toBeNull();
  });

  it('opens none for short and evergreen contracts', () => {
    const short = contract('a', '2026-06-01', '2026-11-26');
    const evergreen = contract('b', '2025-06-01', '2026-12-31', { evergreen: true });
    expect(changesOf({ contracts: [short, evergreen], today: '2026-06-10' })).toEqual([]);
    expect(changesOf({ contracts: [contract('a', '2026-06-01', '2026-11-27')], today: '2026-06-10' })).toHaveLength(1);
  });

  it('keeps two currencies, and a parent and its child, apart', () => {
    const dollars = contract('b', '2026-01-01', '2026-12-31', { currency: 'USD' });
    const both = changesOf({ contracts: [annual, dollars], today: '2026-06-01' });
    expect(both.map(({ after: { row } }) => [row.currency, row.amounts.due])).toEqual([
      ['EUR', 1_000],
      ['USD', 1_000],
    ]);
    const [child] = changesOf({ contracts: [annual], today: '2026-06-01', accountId: 'acme-child' });
    expect(child?.after.row).toMatchObject({ accountId: 'acme-child', amounts: { due: 1_000 } });
    expect(child?.after.renewalId).not.toBe(both[0]?.after.renewalId);
  });

  it('takes notice as churn until the end, and closes it there', () => {
    const open = after(changesOf({ contracts: [annual], today: '2026-06-01' }));
    const leaving = contract('a', '2026-01-01', '2026-12-31', {
      status: 'notice-given',
      noticeGivenAt: 0,
      reason: 'price',
    });
    const noticed = changesOf({ contracts: [leaving], today: '2026-06-02' }, open);
    expect(noticed).toMatchObject([{ change: 'changed', after: { row: { category: 'churn', overdue: false } } }]);
    const kept = after(noticed, open);
    expect(changesOf({ contracts: [leaving], today: '2026-12-31' }, kept).every((one) => one.after.open)).toBe(true);
    expect(changesOf({ contracts: [leaving], today: '2027-01-01' }, kept)).toMatchObject([
      {
        change: 'closed',
        why: 'price',
        after: { row: { outcome: 'churned', category: 'churn', amounts: { expected: 0 } } },
      },
    ]);
  });

  it('is overdue and at risk from the end on, for sixty days, then churned', () => {
    const given = { contracts: [annual] };
    const open = after(changesOf({ ...given, today: '2026-12-31' }));
    const overdue = after(changesOf({ ...given, today: '2027-01-01' }, open), open);
    expect(overdue[0]?.row).toMatchObject({ overdue: true, category: 'at-risk', amounts: { due: 1_000 } });
    expect(after(changesOf({ ...given, today: '2027-03-01' }, overdue), overdue)).toHaveLength(1);
    expect(changesOf({ ...given, today: '2027-03-02' }, overdue)).toMatchObject([
      { change: 'closed', after: { row: { outcome: 'churned' } } },
    ]);
  });

  it('is renewed by a signed successor, also a late one, and superseded by one long before its end', () => {
    const open = after(changesOf({ contracts: [annual], today: '2026-06-01' }));
    const next = contract('b', '2027-01-01', '2027-12-31', { replacesContractIds: ['a'] });
    for (const today of ['2026-11-01', '2027-02-15'])
      expect(changesOf({ contracts: [annual, next], today }, open)[0]).toMatchObject({
        change: 'closed',
        after: { row: { outcome: 'renewed', category: 'commit' } },
      });
    const dearer = contract('b', '2027-01-01', '2027-12-31', { replacesContractIds: ['a'], lines: [line(1_100_00)] });
    expect(changesOf({ contracts: [annual, dearer], today: '2026-11-01' }, open)[0]?.after.row.amounts).toEqual({
      due: 1_000,
      flat: 1_000,
      uplift: 100,
      downsell: 0,
      expected: 1_100,
    });
    const early = contract('b', '2026-07-01', '2027-06-30', { replacesContractIds: ['a'] });
    expect(changesOf({ contracts: [annual, early], today: '2026-07-01' }, open)).toMatchObject([
      { change: 'closed', after: { row: { outcome: 'superseded' } } },
      { change: 'opened', after: { row: { contractIds: ['b'] } } },
    ]);
  });

  it('reads a draft successor as talks, with its amount as uplift or downsell', () => {
    const proposals = [{ replaces: ['a'], currency: 'EUR', arrMinor: 1_100_00 }];
    const [row] = after(changesOf({ contracts: [annual], today: '2026-06-01', proposals }));
    expect(row?.row).toMatchObject({
      stage: 'in-discussion',
      amounts: { flat: 1_000, uplift: 100, downsell: 0, expected: 979 },
    });
    const less = [{ replaces: ['a'], currency: 'EUR', arrMinor: 600_00 }];
    const [smaller] = after(changesOf({ contracts: [annual], today: '2026-06-01', proposals: less }));
    expect(smaller?.row.amounts).toMatchObject({ flat: 600, uplift: 0, downsell: 400 });
  });

  it('is prepared from 120 days before the decision on, 150 for enterprise', () => {
    const stageAt = (today: string, segment?: string) =>
      after(changesOf({ contracts: [annual], today, ...(segment && { segment }) }))[0]?.row.stage;
    expect([stageAt('2026-09-01'), stageAt('2026-09-02')]).toEqual(['upcoming', 'preparing']);
    expect([stageAt('2026-08-02', 'enterprise'), stageAt('2026-08-03', 'enterprise')]).toEqual([
      'upcoming',
      'preparing',
    ]);
  });

  it('forecasts from the prior: what the score measured moves it, with the reasons', () => {
    const good = health('green', [
      ['adoption', 0.9],
      ['usage-trend', 0.1],
    ]);
    const bad = health('red', [
      ['adoption', 0.1],
      ['usage-trend', -0.6],
      ['cap:champion-left', 1],
    ]);
    const rowWith = (known: KnownHealth) =>
      after(changesOf({ contracts: [annual], today: '2026-06-01', health: known }))[0];
    expect(rowWith(good)?.row).toMatchObject({ category: 'commit', probabilityBasis: 'prior', probabilityBy: 'model' });
    expect(rowWith(good)?.row.probability).toBeGreaterThan(0.9);
    expect(rowWith(bad)?.row.category).toBe('at-risk');
    expect(rowWith(bad)?.row.probability).toBeLessThan(0.5);
    expect(rowWith(bad)?.row.why).toContain('usage-trend is -0.6.');
    expect(rowWith(bad)?.model.parts.map((part) => part.name)).toContain('champions-left');
  });

  it('publishes nothing for a hundredth', () => {
    const open = after(
      changesOf({ contracts: [annual], today: '2026-06-01', health: health('green', [['adoption', 0.6]]) }),
    );
    const nearly = health('green', [['adoption', 0.605]]);
    expect(changesOf({ contracts: [annual], today: '2026-06-02', health: nearly }, open)).toEqual([]);
  });

  it('does not overwrite a person’s call; what they left out stays the model’s', () => {
    const open = after(changesOf({ contracts: [annual], today: '2026-06-01' }));
    const cara = { id: 'p1', name: 'Cara', email: null };
    const at = new Date('2026-06-02T09:00:00Z');
    const said = callRenewal(
      open[0]!,
      { category: 'best-case', amountMinor: 900_00, why: 'New CFO.' },
      cara,
      'csm',
      at,
    );
    expect(said.after.row).toMatchObject({
      category: 'best-case',
      probabilityBy: 'model',
      why: 'New CFO.',
      amounts: { downsell: 100 },
    });
    const more = callRenewal(said.after, { probability: 0.4, why: 'Silence.' }, cara, 'manager', at);
    expect(more.after.row).toMatchObject({
      category: 'best-case',
      probability: 0.4,
      probabilityBy: 'manager',
      probabilityBasis: 'person',
    });
    const [later] = changesOf({ contracts: [annual], today: '2026-09-20', health: health('red', [['adoption', 0]]) }, [
      more.after,
    ]);
    expect(later?.after.row).toMatchObject({
      category: 'best-case',
      probability: 0.4,
      stage: 'preparing',
      why: 'Silence.',
    });
    expect(later?.after.model.category).toBe('at-risk');
  });

  it('reads ends on 29 February and on the 30th as the days they are', () => {
    const leap = contract('a', '2023-03-01', '2024-02-29', { autoRenew: true, noticeDays: 0 });
    expect(after(changesOf({ contracts: [leap], today: '2024-06-01' }))[0]?.row.endDate).toBe('2025-02-28');
    const half = contract('b', '2026-01-31', '2026-07-30', { autoRenew: true, noticeDays: 0 });
    expect(after(changesOf({ contracts: [half], today: '2026-08-01' }))[0]?.row.endDate).toBe('2027-01-30');
  });
});

const anyContract = fc.record({
  start: fc.integer({ min: dayFromIso('2023-01-01'), max: dayFromIso('2026-06-01') }),
  months: fc.constantFrom(3, 12, 12, 24, 36),
  autoRenew: fc.boolean(),
  noticeDays: fc.constantFrom(0, 30, 90),
  currency: fc.constantFrom('EUR', 'USD'),
  status: fc.constantFrom('active' as const, 'active' as const, 'notice-given' as const, 'ended' as const),
});
const anyAccount = fc
  .array(anyContract, { minLength: 1, maxLength: 4 })
  .map((list) =>
    list.map(({ start, months, ...rest }, index) =>
      contract(`c${index}`, isoFromDay(start), isoFromDay(addMonths(start, months) - 1), rest),
    ),
  );
const someDay = fc.integer({ min: dayFromIso('2024-01-01'), max: dayFromIso('2027-06-01') });

describe('renewals of any account', () => {
  it('have every contract in one renewal at most, and change nothing when derived again', () => {
    fc.assert(
      fc.property(anyAccount, someDay, (contracts, day) => {
        const given = { contracts, today: isoFromDay(day) };
        const open = after(changesOf(given));
        const ids = open.flatMap((one) => one.facts.contractIds);
        expect(new Set(ids).size).toBe(ids.length);
        expect(changesOf(given, open)).toEqual([]);
        for (const { row } of open) expect(row.amounts.flat + row.amounts.downsell).toBeCloseTo(row.amounts.due, 6);
      }),
      { numRuns: 500 },
    );
  });

  it('change by the clock only on the days that are due', () => {
    fc.assert(
      fc.property(anyAccount, someDay, fc.integer({ min: 1, max: 500 }), (contracts, day, later) => {
        const today = isoFromDay(day);
        const open = after(changesOf({ contracts, today }));
        const { spans, lead } = inputsOf({ contracts, today });
        const turn = nextTurn(spans, renewalCandidates(spans, day), lead, day, 'UTC');
        const quiet = turn === null ? day + later : Math.min(day + later, turn / DAY_MS - 1);
        const changes = changesOf({ contracts, today: isoFromDay(quiet) }, open);
        expect(changes.map(({ change, after: { row } }) => [change, row])).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
