import { toMinor } from '@tenure/contracts';
import { asOf, contractStateOf, contractTerms, dayFromIso, isoFromDay } from '@tenure/scoring';
import { nextChange } from './next-change.domain';
import { ownerOf, portfolioFacts } from './portfolio-row.domain';

const now = Date.parse('2026-03-10T12:00:00Z');

const contract = (over: object) =>
  contractStateOf(
    {
      ...{ status: 'active', start: '2026-01-01', end: '2026-12-31', currency: 'USD' },
      lines: [{ lineId: 'l', product: 'core', kind: 'recurring', arr: 1_000 }],
      ...over,
    },
    { timeZone: 'UTC', toMinor },
  );

const terms = (contracts: ReturnType<typeof contract>[], profile: { arrMinor: number; currency: string }[] = []) =>
  contractTerms(
    {
      timeZone: 'UTC',
      contracts: contracts.map((state, at) => ({ id: `c-${at}`, states: [{ at: 0, knownAt: 0, state }] })),
      profile: profile.map((state) => ({ at: 0, knownAt: 0, state })),
    },
    asOf(now),
  );

describe('the row of an account', () => {
  it('has its ARR from contracts, in the largest currency, and the next decision', () => {
    const facts = portfolioFacts(
      'a',
      {},
      terms([
        contract({}),
        contract({ currency: 'EUR', end: '2026-06-30', lines: [{ lineId: 'l', kind: 'recurring', arr: 5_000.5 }] }),
      ]),
    );
    expect(facts).toMatchObject({
      arrMinor: 500_050,
      arrMajor: 5_000.5,
      currency: 'EUR',
      arrSource: 'contracts',
      decisionDate: '2026-06-30',
    });
  });

  it('has its ARR from the profile only while there is no contract, and says so', () => {
    expect(portfolioFacts('a', {}, terms([], [{ arrMinor: 900, currency: 'JPY' }]))).toMatchObject({
      arrMinor: 900,
      arrMajor: 900,
      arrSource: 'profile',
    });
    expect(portfolioFacts('a', { currency: 'USD' }, terms([]))).toMatchObject({
      arrMinor: null,
      currency: 'USD',
      arrSource: null,
    });
    const ended = portfolioFacts(
      'a',
      { currency: 'USD' },
      terms([contract({ status: 'ended', end: '2026-02-28' })], [{ arrMinor: 900, currency: 'USD' }]),
    );
    expect(ended).toMatchObject({ arrMinor: 0, arrSource: 'contracts', decisionDate: null });
  });

  it('belongs to the CSM of its team, and is found by name, ids, domains, tags and owner', () => {
    expect(
      ownerOf([{ role: 'sponsor', email: 'x@a.test' }, { role: 'csm' }, { role: 'csm', email: 'Ines@A.test' }]),
    ).toBe('ines@a.test');
    expect(ownerOf('nobody')).toBeNull();
    const { searchText, sortName } = portfolioFacts(
      'id-7',
      { name: 'Nord', domains: ['nord.de'], externalIds: { crm: '0015' }, tags: ['Key'] },
      terms([]),
    );
    expect(searchText.split('\n')).toEqual(['id-7', 'nord', 'nord.de', '0015', 'key']);
    expect(sortName).toBe('nord');
    expect(portfolioFacts('id-7', {}, terms([])).sortName).toBe('id-7');
  });
});

describe('the next change by the clock', () => {
  const on = (...contracts: ReturnType<typeof contract>[]): string | null => {
    const at = nextChange(contracts, terms(contracts), dayFromIso('2026-03-10'), 'UTC');
    return at === null ? null : isoFromDay(at / 86_400_000);
  };

  it('is the first day on which a contract or a line begins, ends, is decided or leaves its grace', () => {
    expect(on(contract({}))).toBe('2027-01-01');
    expect(on(contract({ noticeDays: 60 }))).toBe('2026-11-02');
    expect(on(contract({ end: '2026-03-01' }))).toBe('2026-05-01');
    expect(on(contract({ lines: [{ lineId: 'l', kind: 'recurring', arr: 1, start: '2026-04-01' }] }))).toBe(
      '2026-04-01',
    );
    expect(on(contract({ autoRenew: true, start: '2024-01-01', end: '2024-12-31', noticeDays: 30 }))).toBe(
      '2026-12-02',
    );
    expect(on()).toBeNull();
  });
});
