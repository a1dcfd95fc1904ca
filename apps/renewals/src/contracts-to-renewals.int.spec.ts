import {
  type ArrBody,
  type ArrMoved,
  arrMoved,
  type Envelope,
  healthScoreChanged,
  type Renewal,
  type RenewalBody,
  type RenewalCalendarBody,
  type RenewalsBody,
  tenantChanged,
  topics,
} from '@tenure/contracts';
import { DueSweeper, type Role } from '@tenure/platform';
import {
  build,
  buildEnvelope,
  callerToken,
  type Collector,
  eventually,
  FixedClock,
  startTestService,
  type TestService,
} from '@tenure/testing';
import { service } from './renewals.service';

const dayMs = 86_400_000;
const seats = (quantity: number, arr: number) => ({
  lineId: 'l1',
  product: 'core',
  kind: 'recurring' as const,
  metric: 'seats',
  quantity,
  arr,
});

describe('from contracts to ledger, renewals and calls', () => {
  // Years ago, whenever this runs: a broker refuses records from the future, and the suite moves its clock on by a year.
  const clock = new FixedClock('2024-06-10T12:00:00.000Z');
  let renewals: TestService;
  let movements: Collector;
  let events: Collector;

  beforeAll(async () => {
    renewals = await startTestService('renewals', service, { clock });
    movements = await renewals.kafka.consume(topics.arrMovements);
    events = await renewals.kafka.consume(topics.renewalEvents);
  }, 180_000);
  afterAll(() => renewals.stop());

  const call = async <T>(
    path: string,
    { tenant = 'acme', role = 'csm' as Role, body = undefined as object | undefined } = {},
  ) => {
    const token = await callerToken('renewals', { tenant, role, name: 'Cara', email: 'cara@acme.test' });
    const answer = await fetch(renewals.url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as T };
  };
  const told = (account: string, tenant = 'acme') => {
    return { account, tenant, time: clock.now().toISOString(), receivedat: '2024-06-10T12:00:00.000Z' };
  };
  const contract = (account: string, data: Parameters<typeof build.contract>[0], tenant = 'acme') =>
    renewals.kafka.produce(
      build.contract({ currency: 'EUR', lines: [seats(10, 12_000)], ...data }, told(account, tenant)),
    );
  const arr = async (account: string) => (await call<ArrBody>(`/api/v1/accounts/${account}/arr`)).body;
  const open = async (account: string) =>
    (await call<RenewalsBody>(`/api/v1/renewals?accountId=${account}`)).body.items;
  const sweep = () => renewals.app.get(DueSweeper).sweep();
  const published = (account: string) =>
    events
      .envelopes<Renewal>()
      .filter(({ data, tenantid }) => data.accountId === account && tenantid === 'acme')
      .map(({ data }) => data);
  /** What a reader holds that folds movements by id. */
  const ledgerOf = (account: string) => {
    const held = new Map<string, ArrMoved>();
    const own = movements
      .envelopes<ArrMoved>()
      .filter(({ subject, tenantid }) => subject === account && tenantid === 'acme');
    for (const { data } of own)
      if (data.version > (held.get(data.movementId)?.version ?? 0)) held.set(data.movementId, data);
    return [...held.values()].filter((one) => one.removed !== true).sort((a, b) => (a.date < b.date ? -1 : 1));
  };

  it('takes the profile’s ARR only until there is a contract, then the ledger, which adds up', async () => {
    const profile = { name: 'Nordwind', segment: 'mid-market', arr: 9_000, currency: 'EUR' };
    const team = [{ role: 'csm', email: 'Cara@acme.test' }];
    await renewals.kafka.produce(build.account({ ...profile, team }, told('nordwind')));
    await eventually(async () =>
      expect(await arr('nordwind')).toMatchObject({ arr: 9_000, source: 'profile', movements: [] }),
    );
    await contract('nordwind', { contractId: 'n1', start: '2023-07-01', end: '2024-06-30', autoRenew: false });
    await eventually(async () =>
      expect(await arr('nordwind')).toMatchObject({
        arr: 12_000,
        currency: 'EUR',
        source: 'contracts',
        movements: [{ date: '2023-07-01', kind: 'new', amount: 12_000, arrAfter: 12_000, contractId: 'n1' }],
      }),
    );
    await movements.waitFor(
      1,
      (event: Envelope<ArrMoved>) => event.type === arrMoved.type && event.subject === 'nordwind',
    );
  });

  it('opens a renewal with a first probability that says it is a prior, and publishes it', async () => {
    await eventually(async () => expect(await open('nordwind')).toHaveLength(1));
    const [row] = await open('nordwind');
    expect(row).toMatchObject({
      accountName: 'Nordwind',
      owner: { email: 'cara@acme.test' },
      decisionDate: '2024-06-30',
      stage: 'preparing',
      category: 'commit',
      amounts: { due: 12_000, flat: 12_000, uplift: 0, downsell: 0, expected: 10_680 },
      probability: 0.89,
      probabilityBy: 'model',
      probabilityBasis: 'prior',
      overdue: false,
      contractIds: ['n1'],
    });
    expect(row?.why).toContain('prior');
    await eventually(() =>
      expect(published('nordwind')).toMatchObject([{ change: 'opened', version: 1, renewalId: row?.renewalId }]),
    );
  });

  it('forecasts anew when the health score moved', async () => {
    const measured = (measure: string, value: number, reason: string) => ({
      measure,
      points: 5,
      maxPoints: 20,
      value,
      reason,
      evidence: [],
    });
    const score = buildEnvelope(
      healthScoreChanged,
      {
        version: 3,
        score: 31,
        band: 'red',
        trend: -20,
        coverage: 0.9,
        modelVersion: 'default-1',
        asOf: clock.now().toISOString(),
        contributions: [
          measured('adoption', 0.1, '1 of 10 seats in use.'),
          measured('usage-trend', -0.6, 'Active users fell from 10 to 4.'),
        ],
      },
      told('nordwind'),
    );
    await renewals.kafka.produce(score);
    await eventually(async () => {
      const [row] = await open('nordwind');
      expect(row).toMatchObject({ category: 'at-risk' });
      expect(row?.probability).toBeLessThan(0.75);
      expect(row?.why).toContain('Active users fell from 10 to 4.');
    });
  });

  it('takes a person’s call, keeps the model beside it, and every change', async () => {
    const [row] = await open('nordwind');
    const path = `/api/v1/renewals/${row?.renewalId}/call`;
    expect((await call(path, { role: 'viewer', body: { category: 'commit', why: 'x' } })).status).toBe(403);
    expect(await call(path, { body: { category: 'sure', why: '' } })).toMatchObject({
      status: 400,
      body: {
        errors: expect.arrayContaining([
          expect.objectContaining({ pointer: '/category' }),
          expect.objectContaining({ pointer: '/why' }),
        ]),
      },
    });
    expect(await call(path, { body: { amount: 10.001, why: 'cents' } })).toMatchObject({
      status: 400,
      body: { pointer: '/amount' },
    });
    expect((await call(path, { body: { why: 'nothing said' } })).status).toBe(400);
    const said = await call<RenewalBody>(path, {
      body: { category: 'commit', stage: 'committed', amount: 13_000, probability: 0.95, why: 'The CFO said yes.' },
    });
    expect(said).toMatchObject({
      status: 200,
      body: {
        category: 'commit',
        stage: 'committed',
        probability: 0.95,
        probabilityBy: 'csm',
        probabilityBasis: 'person',
        why: 'The CFO said yes.',
        amounts: { due: 12_000, flat: 12_000, uplift: 1_000, downsell: 0, expected: 12_350 },
        model: { category: 'at-risk', stage: 'preparing' },
        call: { by: { name: 'Cara' }, as: 'csm' },
      },
    });
    const [latest] = said.body.history;
    expect(latest).toMatchObject({ by: 'Cara', before: { category: 'at-risk' }, after: { category: 'commit' } });
    await eventually(() =>
      expect(published('nordwind').at(-1)).toMatchObject({
        change: 'changed',
        category: 'commit',
        probabilityBy: 'csm',
      }),
    );
    const versions = published('nordwind').map((one) => one.version);
    expect(versions).toEqual(versions.map((_, index) => index + 1));
  });

  it('shows the calendar by month and currency, and pages the list', async () => {
    await contract('suedwind', { contractId: 's1', start: '2023-07-11', end: '2024-07-10', currency: 'USD' });
    await contract('suedwind', {
      contractId: 's2',
      start: '2023-08-01',
      end: '2024-07-31',
      currency: 'USD',
      lines: [seats(3, 3_000)],
    });
    await eventually(async () =>
      expect(await open('suedwind')).toMatchObject([
        { contractIds: ['s1', 's2'], amounts: { due: 15_000 }, decisionDate: '2024-07-10' },
      ]),
    );
    const { body } = await call<RenewalCalendarBody>('/api/v1/renewals/calendar?from=2024-06-01&to=2024-07-31');
    expect(body.months).toMatchObject([
      {
        month: '2024-06',
        currency: 'EUR',
        due: 12_000,
        expected: 12_350,
        count: 1,
        byCategory: { commit: { arr: 12_000, count: 1 } },
      },
      { month: '2024-07', currency: 'USD', due: 15_000, count: 1 },
    ]);
    const first = await call<RenewalsBody>('/api/v1/renewals?limit=1');
    expect(first.body.items[0]?.accountId).toBe('nordwind');
    const second = await call<RenewalsBody>(`/api/v1/renewals?limit=1&cursor=${first.body.nextCursor}`);
    expect([second.body.items[0]?.accountId, second.body.nextCursor]).toEqual(['suedwind', null]);
    expect((await call<RenewalsBody>('/api/v1/renewals?owner=me')).body.items.map((one) => one.accountId)).toEqual([
      'nordwind',
    ]);
    expect((await call('/api/v1/renewals?from=2024-02-30')).status).toBe(400);
    expect((await call('/api/v1/renewals/calendar?from=2024-02-01&to=2024-01-01')).status).toBe(400);
  });

  it('keeps monthly plans out of the calendar, with a probability to cancel', async () => {
    await contract('monthly', {
      contractId: 'm1',
      start: '2024-06-01',
      end: '2024-06-30',
      evergreen: true,
      autoRenew: true,
    });
    await eventually(async () => expect((await arr('monthly')).arr).toBe(12_000));
    expect(await open('monthly')).toEqual([]);
    const { body } = await call<{ items: object[] }>('/api/v1/renewals/cancellations');
    expect(body.items).toMatchObject([
      { accountId: 'monthly', contractId: 'm1', basis: 'prior', probability: expect.any(Number) },
    ]);
  });

  it('keeps tenants apart', async () => {
    const [row] = await open('nordwind');
    const term = { start: '2024-01-01', end: '2024-12-31' };
    await contract('nordwind', { ...term, contractId: 'n1', lines: [seats(1, 99)] }, 'globex');
    await eventually(async () => {
      const { body } = await call<ArrBody>('/api/v1/accounts/nordwind/arr', { tenant: 'globex' });
      expect(body.arr).toBe(99);
    });
    expect(await arr('nordwind')).toMatchObject({ arr: 12_000 });
    expect((await call(`/api/v1/renewals/${row?.renewalId}`, { tenant: 'globex' })).status).toBe(404);
    expect(
      (
        await call(`/api/v1/renewals/${row?.renewalId}/call`, {
          tenant: 'globex',
          body: { category: 'churn', why: 'x' },
        })
      ).status,
    ).toBe(404);
    const foreign = await call<RenewalsBody>('/api/v1/renewals', { tenant: 'globex' });
    expect(foreign.body.items.every((one) => one.renewalId !== row?.renewalId)).toBe(true);
    expect((await call('/api/v1/accounts/suedwind/arr', { tenant: 'globex' })).status).toBe(404);
  });

  it('opens by the clock alone once the horizon is reached', async () => {
    await contract('later', { contractId: 'l1', start: '2024-07-01', end: '2025-06-30' });
    await eventually(async () => expect((await arr('later')).movements).toHaveLength(1));
    expect(await open('later')).toEqual([]);
    clock.set('2024-06-30T12:00:00.000Z');
    await sweep();
    expect(await open('later')).toMatchObject([{ decisionDate: '2025-06-30', stage: 'upcoming' }]);
  });

  it('is overdue after the end with its ARR in place, churns after the grace, and is healed by a late signature', async () => {
    clock.set('2024-07-01T12:00:00.000Z');
    await sweep();
    expect(await open('nordwind')).toMatchObject([
      { overdue: true, category: 'commit', model: { category: 'at-risk' } },
    ]);
    expect((await arr('nordwind')).arr).toBe(12_000);

    clock.set('2024-08-30T12:00:00.000Z');
    await sweep();
    expect(await open('nordwind')).toEqual([]);
    expect(await arr('nordwind')).toMatchObject({
      arr: 0,
      movements: [{ kind: 'new' }, { kind: 'churn', date: '2024-07-01', amount: -12_000 }],
    });
    await eventually(() =>
      expect(published('nordwind').at(-1)).toMatchObject({ change: 'closed', outcome: 'churned', stage: 'closed' }),
    );
    const { body: closed } = await call<RenewalsBody>('/api/v1/renewals?accountId=nordwind&stage=closed');
    const again = { category: 'commit', why: 'too late' };
    expect((await call(`/api/v1/renewals/${closed.items[0]?.renewalId}/call`, { body: again })).status).toBe(409);

    clock.advance(3 * dayMs);
    await contract('nordwind', {
      contractId: 'n2',
      start: '2024-07-01',
      end: '2025-06-30',
      replacesContractIds: ['n1'],
      lines: [seats(10, 12_600)],
    });
    await eventually(async () => expect((await arr('nordwind')).arr).toBe(12_600));
    await eventually(() =>
      expect(ledgerOf('nordwind').map((one) => [one.date, one.kind, one.amount])).toEqual(
        expect.arrayContaining([
          ['2023-07-01', 'new', 12_000],
          ['2024-07-01', 'churn', -12_000],
          ['2024-07-01', 'correction', 12_000],
          ['2024-07-01', 'expansion-price', 600],
        ]),
      ),
    );
    expect(ledgerOf('nordwind').reduce((sum, one) => sum + one.amount, 0)).toBe(12_600);
    expect(await open('nordwind')).toMatchObject([{ contractIds: ['n2'] }]);
  });

  it('closes what is signed as renewed, and makes notice a churn at the end', async () => {
    const dollars = { currency: 'USD', start: '2024-07-11' };
    await contract('suedwind', { ...dollars, contractId: 's1', end: '2025-07-10' });
    await eventually(async () =>
      expect(await open('suedwind')).toMatchObject([
        { contractIds: ['s2'], overdue: true, amounts: { due: 3_000 } },
        { contractIds: ['s1'], decisionDate: '2025-07-10' },
      ]),
    );
    await contract('suedwind', { ...dollars, contractId: 's3', end: '2025-07-10', replacesContractIds: ['s2'] });
    await contract('leaver', {
      contractId: 'x1',
      start: '2023-12-01',
      end: '2024-11-30',
      status: 'notice-given',
      noticeGivenAt: clock.now().toISOString(),
      reasonCode: 'budget',
    });
    await eventually(async () => expect(await open('leaver')).toMatchObject([{ category: 'churn' }]));
    await eventually(async () => {
      const { body } = await call<RenewalsBody>('/api/v1/renewals?accountId=suedwind&stage=closed');
      expect(body.items).toMatchObject([{ outcome: 'renewed', contractIds: ['s2'], category: 'commit' }]);
    });
    expect((await arr('leaver')).movements.at(-1)).toMatchObject({
      date: '2024-12-01',
      kind: 'churn',
      reason: 'budget',
    });
    clock.set('2024-12-01T12:00:00.000Z');
    await sweep();
    expect(await open('leaver')).toEqual([]);
    await eventually(() => expect(published('leaver').at(-1)).toMatchObject({ change: 'closed', outcome: 'churned' }));
  });

  it('moves renewals, calls and ledger along with a merge, and forgets what is deleted', async () => {
    await contract('small', { contractId: 'k1', start: '2024-06-01', end: '2025-05-31' });
    await contract('big', { contractId: 'b1', start: '2024-01-01', end: '2024-12-31' });
    await eventually(async () => expect([await open('small'), await open('big')]).toMatchObject([[{}], [{}]]));
    const [mine] = await open('small');
    await call(`/api/v1/renewals/${mine?.renewalId}/call`, { body: { category: 'best-case', why: 'Merging.' } });
    await renewals.kafka.produce(build.merged({ intoId: 'big' }, told('small')));
    await eventually(async () => expect((await arr('big')).arr).toBe(24_000));
    expect((await arr('small')).arr).toBe(24_000);
    expect(await open('small')).toEqual([]);
    const both = await open('big');
    expect(both.map((one) => one.contractIds)).toEqual([['b1'], ['k1']]);
    expect(both[1]).toMatchObject({ renewalId: mine?.renewalId, accountId: 'big', category: 'best-case' });
    await eventually(() =>
      expect([ledgerOf('small'), ledgerOf('big').reduce((sum, one) => sum + one.amount, 0)]).toEqual([[], 24_000]),
    );

    clock.advance(dayMs);
    await renewals.kafka.produce(build.deleted({}, told('big')));
    await eventually(async () => expect((await call('/api/v1/accounts/big/arr')).status).toBe(404));
    expect(await open('big')).toEqual([]);
  });

  it('counts days in the tenant’s time zone where the account has none', async () => {
    const data = {
      tenantId: 'sydney',
      version: 1,
      name: 'Sydney',
      state: 'active',
      timeZone: 'Australia/Sydney',
      currency: 'AUD',
      fiscalYearStart: 7,
    };
    const envelope = buildEnvelope(tenantChanged, data, { tenant: 'sydney', account: 'tenant' });
    await renewals.kafka.produce({ ...envelope, data } as unknown as Envelope);
    await eventually(async () => {
      // 20:00 in London is the next day in Sydney.
      clock.set('2025-03-31T20:00:00.000Z');
      await contract('reef', { contractId: 'r1', start: '2024-04-01', end: '2025-03-31' }, 'sydney');
      const { body } = await call<RenewalsBody>('/api/v1/renewals?accountId=reef', { tenant: 'sydney' });
      expect(body.items).toMatchObject([{ overdue: true }]);
    });
  });
});
