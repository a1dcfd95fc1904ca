import {
  type ArrMoved,
  arrMoved,
  type Band,
  type Envelope,
  healthScoreChanged,
  type HealthDistributionBody,
  type RetentionBody,
  tenantChanged,
  type TenantChanged,
} from '@tenure/contracts';
import {
  build,
  buildEnvelope,
  callerToken,
  eventually,
  FixedClock,
  startTestService,
  type TestService,
} from '@tenure/testing';
import { service } from '../reporting.service';

const clock = new FixedClock('2026-03-10T12:00:00Z');
let reporting: TestService;

/** Events take their time where many suites share a broker. */
const soon = <T>(attempt: () => T | Promise<T>): Promise<T> => eventually(attempt, { timeoutMs: 30_000 });

const tenant: TenantChanged = {
  ...{ tenantId: 'acme', version: 1, name: 'Acme', state: 'active', fiscalYearStart: 1 },
  timeZone: 'America/New_York',
  currency: 'USD',
};

const tell = (...events: readonly Envelope[]): Promise<void> => reporting.kafka.produce(...events);

const moved = (account: string, id: string, over: Partial<ArrMoved>, envelope = {}) =>
  buildEnvelope(
    arrMoved,
    {
      ...{ version: 1, movementId: id, date: '2025-01-01', kind: 'new', product: 'core', contractId: 'c-1' },
      ...{ amount: 100, currency: 'USD', arrAfter: 100, reason: null },
      ...over,
    } as ArrMoved,
    { account, ...envelope },
  );

const scored = (account: string, version: number, band: Band, asOf: string) =>
  buildEnvelope(
    healthScoreChanged,
    { version, score: 50, band, trend: null, coverage: 1, modelVersion: 'default-1', asOf, contributions: [] },
    { account },
  );

async function get<T>(path: string, caller = {}): Promise<T> {
  const authorization = `Bearer ${await callerToken('reporting', caller)}`;
  const response = await fetch(`${reporting.url}/api/v1/reports/${path}`, { headers: { authorization } });
  const body = (await response.json()) as T;
  if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(body)}`);
  return body;
}

interface Movements {
  items: { movementId: string; amount: number; accountName: string | null; date: string }[];
  nextCursor: string | null;
}

beforeAll(async () => {
  reporting = await startTestService('reporting', service, { clock, env: { RATE_LIMIT_PER_MINUTE: '0' } });
  await tell(
    buildEnvelope(tenantChanged, tenant, { account: 'tenant' }),
    build.account(
      { name: 'Grew', segment: 'enterprise', kind: 'customer', arr: 60, currency: 'USD' },
      { account: 'grew' },
    ),
    build.account({ name: 'Left', segment: 'smb', parentId: 'family', arr: 40, currency: 'USD' }, { account: 'left' }),
    build.account(
      { name: 'Stays', segment: 'smb', parentId: 'family', arr: 10, currency: 'EUR' },
      { account: 'stays' },
    ),
    build.account({ name: 'Partner', kind: 'partner' }, { account: 'partner' }),
  );
});
afterAll(() => reporting?.stop());

describe('retention', () => {
  beforeAll(async () => {
    await tell(
      moved('grew', 'g1', { date: '2025-01-01', amount: 60.5, arrAfter: 60.5 }),
      moved('grew', 'g2', { date: '2025-09-15', kind: 'contraction', amount: -999 }),
      moved('grew', 'g2', { date: '2025-09-15', kind: 'expansion-seats', amount: 20.25, arrAfter: 80.75, version: 2 }),
      moved('grew', 'g2', { date: '2025-09-15', kind: 'contraction', amount: -1, version: 1 }),
      moved('left', 'l1', { date: '2025-01-01', amount: 39.5 }),
      moved('left', 'l2', { date: '2026-03-09', kind: 'churn', amount: -39.5, arrAfter: 0 }),
      moved('left', 'future', { date: '2026-03-10', kind: 'reactivation', amount: 1 }),
      moved('stays', 's1', { amount: 10, currency: 'EUR' }),
      moved('partner', 'p1', { amount: 5_000 }),
    );
    await soon(async () => {
      const { churn, expansion, excludedCurrencies } = await get<RetentionBody>('retention');
      const told = [churn, expansion, excludedCurrencies?.join()].join(' ');
      if (told !== '39.5 20.25 EUR') throw new Error(`The ledger is not there yet: ${told}`);
    });
  });

  it('covers the trailing twelve months in the tenant’s time zone and currency, customers only', async () => {
    const report = await get<RetentionBody>('retention');
    expect(report).toMatchObject({
      from: '2025-03-10',
      to: '2026-03-10',
      currency: 'USD',
      startingArr: 100,
      expansion: 20.25,
      contraction: 0,
      churn: 39.5,
      nrr: 0.8075,
      grr: 0.605,
      // Left and Stays are one family, and Stays still pays, in euros.
      logoChurn: { lost: 0, start: 2, rate: 0 },
      n: 2,
      excludedCurrencies: ['EUR'],
      fx: {},
    });
    expect(report.months).toHaveLength(13);
    expect(report.months.find((each) => each.month === '2025-09')).toMatchObject({
      expansion: 20.25,
      startingArr: 100,
    });
    expect(report.groups).toMatchObject([
      { key: 'enterprise', startingArr: 60.5, grr: 1 },
      { key: 'smb', startingArr: 39.5, churn: 39.5, nrr: 0 },
    ]);
  });

  it('is of one currency, and takes another on request', async () => {
    expect(await get<RetentionBody>('retention?currency=EUR')).toMatchObject({
      currency: 'EUR',
      startingArr: 10,
      nrr: 1,
      excludedCurrencies: ['USD'],
    });
    await expect(get('retention?currency=XXQ')).rejects.toThrow('/currency');
  });

  it('opens into the lines behind a figure, in pages', async () => {
    const first = await get<Movements>('retention/movements?limit=1');
    expect(first.items).toMatchObject([{ movementId: 'l2', amount: -39.5, accountName: 'Left', date: '2026-03-09' }]);
    const second = await get<Movements>(`retention/movements?limit=1&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ items: [{ movementId: 'g2' }], nextCursor: null });
    expect((await get<Movements>('retention/movements?figure=churn')).items.map((line) => line.movementId)).toEqual([
      'l2',
    ]);
  });

  it('refuses a period that is none, with a pointer', async () => {
    await expect(get('retention?from=2026-02-30')).rejects.toThrow('/from');
    await expect(get('retention?from=2026-02-01&to=2026-02-01')).rejects.toThrow('/to');
    await expect(get('retention?from=1900-01-01')).rejects.toThrow('/from');
    await expect(get('retention?by=colour')).rejects.toThrow('/by');
  });

  it('leaves the ledger of a merged account to the account that goes on', async () => {
    const other = { tenant: 'merging' };
    await tell(moved('old', 'o1', { amount: 7 }, other), moved('new', 'n1', { amount: 3 }, other));
    const starting = async () => (await get<RetentionBody>('retention', other)).startingArr;
    await soon(async () => expect(await starting()).toBe(10));
    await tell(build.merged({ intoId: 'new' }, { ...other, account: 'old' }), moved('new', 'n2', { amount: 7 }, other));
    await soon(async () => expect(await starting()).toBe(10));
    await tell(moved('old', 'o2', { amount: 1_000 }, other), moved('new', 'n3', { amount: 1 }, other));
    await soon(async () => expect(await starting()).toBe(11));
  });
});

describe('the health distribution', () => {
  const report = (query: string) => get<HealthDistributionBody>(`health-distribution${query}`);

  it('carries bands forward, flows between two dates, and counts customers only', async () => {
    clock.set('2026-03-04T12:00:00Z');
    await tell(
      scored('grew', 1, 'green', '2026-03-01T12:00:00Z'),
      scored('left', 1, 'green', '2026-03-01T12:00:00Z'),
      scored('stays', 1, 'yellow', '2026-03-01T12:00:00Z'),
      scored('partner', 1, 'red', '2026-03-01T12:00:00Z'),
    );
    await soon(async () => expect((await report('?asOf=2026-03-02')).series).toHaveLength(2));
    await soon(async () =>
      expect((await report('?asOf=2026-03-02')).bands).toMatchObject([{ accounts: 2 }, { accounts: 1 }, {}, {}, {}]),
    );
    // 02:00 in UTC on the 8th is still the 7th in New York.
    await tell(scored('left', 2, 'red', '2026-03-08T02:00:00Z'));
    clock.set('2026-03-10T12:00:00Z');
    const distribution = await soon(async () => {
      const found = await report('?compare=2026-03-05');
      expect(found.bands).toContainEqual({ band: 'red', accounts: 1, arr: 40 });
      return found;
    });
    expect(distribution).toMatchObject({
      asOf: '2026-03-10',
      compareTo: '2026-03-05',
      currency: 'USD',
      excludedCurrencies: ['EUR'],
      flow: [
        { from: 'green', to: 'green', accounts: 1, arr: 60 },
        { from: 'green', to: 'red', accounts: 1, arr: 40 },
        { from: 'yellow', to: 'yellow', accounts: 1, arr: 0 },
      ],
    });
    expect(distribution.bands).toContainEqual({ band: 'green', accounts: 1, arr: 60 });
    expect(distribution.series.map((each) => [each.day, each.bands.red.accounts])).toEqual([
      ['2026-03-05', 0],
      ['2026-03-06', 0],
      ['2026-03-07', 1],
      ['2026-03-08', 1],
      ['2026-03-09', 1],
      ['2026-03-10', 1],
    ]);
  });

  it('notes a change of ARR and an account that churned', async () => {
    await tell(
      build.account(
        { stage: 'churned', arr: 0, currency: 'USD' },
        { account: 'left', time: '2026-03-10T10:00:00.000Z' },
      ),
    );
    await soon(async () => {
      const { bands, series } = await report('?compare=2026-03-09');
      expect(bands).toContainEqual({ band: 'red', accounts: 0, arr: 0 });
      expect(series.map((each) => each.bands.red.accounts)).toEqual([1, 0]);
    });
  });

  it('refuses days that are none', async () => {
    await expect(report('?asOf=yesterday')).rejects.toThrow('/asOf');
    await expect(report('?compare=2026-03-11')).rejects.toThrow('/compare');
  });
});
