import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AccountProfile,
  type AccountsBody,
  type Band,
  type Envelope,
  healthScoreChanged,
  type RiskAlert,
  riskAlertEvents,
  type StakeholdersBody,
  tenantChanged,
  type TenantChanged,
  type TicketsBody,
  type TimelineBody,
  type TodayBody,
} from '@tenure/contracts';
import { DueSweeper } from '@tenure/platform';
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

beforeAll(async () => {
  reporting = await startTestService('reporting', service, { clock, env: { RATE_LIMIT_PER_MINUTE: '0' } });
});
afterAll(() => reporting?.stop());

const example = JSON.parse(
  readFileSync(join(__dirname, '../../../../libs/contracts/examples/tenure.risk-alert.opened.v1.json'), 'utf8'),
) as { data: RiskAlert };

/** Each test has a tenant of its own, so that none sees another's rows. */
let tenant = '';
let count = 0;
beforeEach(async () => {
  tenant = `tenant-${(count += 1)}`;
  await tell(buildEnvelope(tenantChanged, tenantData(), { tenant, account: 'tenant' }));
});

const tenantData = (): TenantChanged => ({
  tenantId: tenant,
  version: 1,
  name: 'Acme',
  state: 'active',
  timeZone: 'UTC',
  currency: 'USD',
  fiscalYearStart: 1,
});

const tell = (...events: readonly Envelope[]): Promise<void> => reporting.kafka.produce(...events);

const score = (account: string, version: number, value: number, band: Band) =>
  buildEnvelope(
    healthScoreChanged,
    {
      version,
      score: value,
      band,
      trend: -3,
      coverage: 0.9,
      modelVersion: 'default-1',
      asOf: '2026-03-10T11:00:00Z',
      contributions: [],
    },
    { tenant, account },
  );

const alert = (account: string, over: Partial<RiskAlert> = {}) => {
  const data = { ...example.data, change: 'opened' as const, currency: 'USD', arrAtRisk: null, ...over };
  return buildEnvelope(riskAlertEvents[data.change], data, { tenant, account });
};

async function get<T>(path: string, caller = {}): Promise<T> {
  const authorization = `Bearer ${await callerToken('reporting', { tenant, ...caller })}`;
  const response = await fetch(`${reporting.url}/api/v1${path}`, { headers: { authorization } });
  const body = (await response.json()) as T;
  if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(body)}`);
  return body;
}

const accounts = (query = ''): Promise<AccountsBody> => get(`/accounts${query}`);

describe('the list of accounts', () => {
  it('has a row per account with what profile, contracts, score and alerts say', async () => {
    const at = { tenant, account: 'nordwind' };
    await tell(
      build.account(
        {
          name: 'Nordwind',
          segment: 'enterprise',
          stage: 'growth',
          kind: 'customer',
          arr: 1,
          currency: 'USD',
          team: [{ role: 'csm', email: 'Ines@acme.test' }],
        },
        at,
      ),
      build.contract({ autoRenew: true, noticeDays: 60, currency: 'EUR', end: '2026-12-31' }, at),
      score('nordwind', 3, 46.5, 'red'),
      alert('nordwind', { severity: 'high' }),
      alert('nordwind', { alertId: 'try-out', test: true }),
    );
    await soon(async () => {
      const { items, total } = await accounts();
      expect(total).toBe(1);
      expect(items).toEqual([
        {
          accountId: 'nordwind',
          name: 'Nordwind',
          kind: 'customer',
          segment: 'enterprise',
          stage: 'growth',
          arr: 120_000,
          currency: 'EUR',
          arrSource: 'contracts',
          score: 46.5,
          band: 'red',
          trend: -3,
          coverage: 0.9,
          decisionDate: '2026-11-01',
          openAlerts: 1,
          worstSeverity: 'high',
          owner: { email: 'ines@acme.test', name: null },
          parentId: null,
        },
      ]);
    });
  });

  it('is paged by key in every sort, without a gap and without a row twice', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    await tell(
      ...names.map((name, at) =>
        build.account({ name, arr: at % 3 === 0 ? null : at * 100 }, { tenant, account: `acc-${name}` }),
      ),
      ...names.slice(0, 4).map((name, at) => score(`acc-${name}`, 1, 50 + (at % 2), 'green')),
    );
    await soon(async () => {
      const { items, total } = await accounts();
      expect([total, items.filter((row) => row.score !== null).length]).toEqual([7, 4]);
    });
    for (const sort of ['name', '-name', 'arr', '-arr', 'score', '-score', 'decisionDate', '-openAlerts']) {
      const whole = (await accounts(`?sort=${sort}`)).items.map((row) => row.accountId);
      const paged: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: AccountsBody = await accounts(`?sort=${sort}&limit=2${cursor ? `&cursor=${cursor}` : ''}`);
        paged.push(...page.items.map((row) => row.accountId));
        cursor = page.nextCursor;
      }
      expect([sort, paged]).toEqual([sort, whole]);
      expect(new Set(paged).size).toBe(7);
    }
    expect((await accounts('?sort=-arr')).items.map((row) => row.arr)).toEqual([500, 400, 200, 100, null, null, null]);
  });

  it('is filtered and searched', async () => {
    await tell(
      build.account(
        {
          name: 'Alpha 100%',
          segment: 'smb',
          domains: ['alpha.example'],
          team: [{ role: 'csm', email: 'ada@acme.test' }],
        },
        { tenant, account: 'a' },
      ),
      build.account({ name: 'Beta', segment: 'enterprise', stage: 'value' }, { tenant, account: 'b' }),
      score('b', 1, 20, 'red'),
    );
    await soon(async () => expect((await accounts('?band=red')).total).toBe(1));
    const found = async (query: string): Promise<string[]> => (await accounts(query)).items.map((row) => row.accountId);
    expect(await found('?search=ALPHA.exa')).toEqual(['a']);
    expect(await found('?search=0%25')).toEqual(['a']);
    expect(await found('?segment=enterprise&stage=value')).toEqual(['b']);
    expect(await found('?owner=me')).toEqual(['a']);
    expect(await found('?owner=none')).toEqual(['b']);
    expect(await found('?band=red,unknown')).toEqual(['a', 'b']);
    await expect(accounts('?band=purple')).rejects.toThrow('/band');
    await expect(accounts('?colour=red')).rejects.toThrow('/colour');
    await expect(accounts(`?cursor=nonsense`)).rejects.toThrow('/cursor');
  });

  it('drops a score or an alert that is older than what it has', async () => {
    await tell(
      score('x', 5, 80, 'green'),
      score('x', 4, 10, 'red'),
      alert('x', { version: 2, change: 'resolved', status: 'resolved' }),
      alert('x', { version: 1 }),
    );
    await tell(score('last', 1, 50, 'yellow'), alert('last'));
    await soon(async () =>
      expect((await accounts('?search=last')).items[0]).toMatchObject({ score: 50, openAlerts: 1 }),
    );
    await soon(async () =>
      expect((await accounts('?search=x')).items[0]).toMatchObject({ score: 80, band: 'green', openAlerts: 0 }),
    );
  });

  it('follows the clock: a contract that ended and was not renewed loses its ARR after its grace', async () => {
    await tell(build.contract({ start: '2025-03-01', end: '2026-02-28' }, { tenant, account: 'late' }));
    await soon(async () => expect((await accounts()).items[0]).toMatchObject({ arr: 120_000 }));
    clock.set('2026-05-01T12:00:00Z');
    try {
      await reporting.app.get(DueSweeper).sweep();
      expect((await accounts()).items[0]).toMatchObject({ arr: 0, arrSource: 'contracts' });
    } finally {
      clock.set('2026-03-10T12:00:00Z');
    }
  });
});

describe('an account', () => {
  it('shows its profile with the source of every field, its parent and its children', async () => {
    await tell(
      build.account({ name: 'Holding' }, { tenant, account: 'holding' }),
      build.account(
        { name: 'Child', parentId: 'holding', plan: 'pro', externalIds: { crm: '7' } },
        { tenant, account: 'child', source: '/sources/crm' },
      ),
    );
    await soon(async () => {
      const child = await get<AccountProfile>('/accounts/child');
      expect(child).toMatchObject({
        plan: 'pro',
        externalIds: { crm: '7' },
        parent: { accountId: 'holding', name: 'Holding' },
        mergedInto: null,
      });
      expect(child.fields['plan']).toEqual({ source: '/sources/crm', time: '2026-03-02T10:00:00.000Z' });
      const holding = await get<AccountProfile>('/accounts/holding');
      expect(holding.children).toEqual([
        { accountId: 'child', name: 'Child', score: null, band: 'unknown', arr: 120_000 },
      ]);
    });
    await expect(get('/accounts/nobody')).rejects.toThrow('404');
  });

  it('knows its people with their last two-way contact, and its tickets', async () => {
    const at = { tenant, account: 'people' };
    await tell(
      build.user({ userId: 'u-9', email: 'uma@x.test', title: 'CTO' }, at),
      build.stakeholder({ stakeholderId: 's-1', name: 'Uma', userId: 'u-9', roles: ['champion'] }, at),
      build.stakeholder({ stakeholderId: 's-2', name: 'Leo', change: 'left' }, at),
      build.touchpoint(
        { touchpointId: 'held', startAt: '2026-03-05T09:00:00Z', attendees: [{ email: 'UMA@x.test' }] },
        at,
      ),
      build.touchpoint(
        {
          touchpointId: 'missed',
          outcome: 'missed',
          startAt: '2026-03-08T09:00:00Z',
          attendees: [{ email: 'uma@x.test' }],
        },
        at,
      ),
      build.ticket({ ticketId: 't-1', change: 'escalated', priority: 'urgent', subject: 'Down' }, at),
      build.ticket({ ticketId: 't-2', change: 'escalated' }, at),
      build.ticket(
        { ticketId: 't-2', change: 'solved', status: 'solved' },
        { ...at, time: '2026-03-03T10:00:00.000Z' },
      ),
    );
    await soon(async () => {
      const { items } = await get<StakeholdersBody>('/accounts/people/stakeholders');
      expect(items).toMatchObject([
        {
          stakeholderId: 's-1',
          email: 'uma@x.test',
          title: 'CTO',
          status: 'active',
          lastContactAt: '2026-03-05T09:00:00.000Z',
        },
        { stakeholderId: 's-2', status: 'left', lastContactAt: null },
      ]);
      const tickets = await get<TicketsBody>('/accounts/people/tickets');
      expect(tickets.items.map((row) => [row.ticketId, row.escalated])).toEqual(
        expect.arrayContaining([
          ['t-1', true],
          ['t-2', false],
        ]),
      );
      expect((await get<TicketsBody>('/accounts/people/tickets?status=solved,closed')).items).toHaveLength(1);
    });
    await expect(get('/accounts/people/tickets?status=lost')).rejects.toThrow('/status');
  });

  it('has one timeline of everything, the latest first, in pages', async () => {
    const at = { tenant, account: 'told' };
    await tell(
      build.account({ stage: 'adoption' }, { ...at, time: '2026-01-01T00:00:00.000Z' }),
      build.ticket({ subject: 'Slow' }, { ...at, time: '2026-01-02T00:00:00.000Z' }),
      build.survey({ score: 3, comment: 'Not good' }, { ...at, time: '2026-01-03T00:00:00.000Z' }),
      build.invoice({ status: 'overdue' }, { ...at, time: '2026-01-04T00:00:00.000Z' }),
      build.contract({}, { ...at, time: '2026-01-05T00:00:00.000Z' }),
      score('told', 1, 70, 'green'),
      score('told', 2, 40, 'red'),
      alert('told', { updatedAt: '2026-03-10T11:30:00Z' }),
    );
    const first = await soon(async () => {
      const page = await get<TimelineBody>('/accounts/told/timeline?limit=100');
      expect(page.items.map((item) => item.kind)).toEqual([
        'alert',
        'score',
        'contract',
        'invoice',
        'survey',
        'ticket',
        'account',
      ]);
      return page;
    });
    expect(first.items[1]).toMatchObject({ title: 'Health went from green to red', detail: 'Score 40, −3 in 28 days' });
    expect(first.items[2]).toMatchObject({
      title: 'Contract in force: contract-1',
      detail: '120,000 USD a year, 2026-01-01 to 2026-12-31',
    });
    expect(first.items[0]).toMatchObject({ severity: 'high', detail: example.data.summary });
    const page = await get<TimelineBody>('/accounts/told/timeline?limit=3');
    const rest = await get<TimelineBody>(`/accounts/told/timeline?cursor=${page.nextCursor}`);
    expect([...page.items, ...rest.items]).toEqual(first.items);
  });
});

describe('a merge', () => {
  it('moves people, tickets, contracts, alerts and the timeline, before and after, and leaves the profile behind', async () => {
    const from = { tenant, account: 'old' };
    await tell(
      build.account({ name: 'Old', arr: 5 }, from),
      build.account({ name: 'New', arr: null }, { tenant, account: 'new' }),
      build.stakeholder({}, from),
      build.contract({}, from),
      alert('old'),
      score('old', 1, 10, 'red'),
    );
    await soon(async () =>
      expect((await accounts('?search=old')).items[0]).toMatchObject({ openAlerts: 1, score: 10, arr: 120_000 }),
    );
    await soon(async () => expect((await get<StakeholdersBody>('/accounts/old/stakeholders')).items).toHaveLength(1));
    await tell(build.merged({ intoId: 'new' }, from));
    await soon(async () => expect((await accounts()).total).toBe(1));
    await tell(
      build.ticket({ ticketId: 'after' }, from),
      score('old', 2, 5, 'red'),
      alert('old', { alertId: 'second' }),
    );
    await soon(async () => {
      expect((await accounts()).items).toMatchObject([
        { accountId: 'new', name: 'New', arr: 120_000, openAlerts: 2, score: null },
      ]);
      expect((await get<TicketsBody>('/accounts/new/tickets')).items).toHaveLength(1);
    });
    expect((await get<StakeholdersBody>('/accounts/new/stakeholders')).items).toHaveLength(1);
    expect(await get<AccountProfile>('/accounts/old')).toMatchObject({ name: 'Old', mergedInto: 'new' });
    const titles = (await get<TimelineBody>('/accounts/new/timeline')).items.map((item) => item.title);
    expect(titles).toEqual(
      expect.arrayContaining(['Old (old) was merged into this account', 'Stella Holder is a new stakeholder']),
    );
  });

  it('of an account with itself, or around a circle, changes nothing', async () => {
    await tell(build.account({}, { tenant, account: 'one' }), build.account({}, { tenant, account: 'two' }));
    await tell(build.merged({ intoId: 'two' }, { tenant, account: 'one' }));
    await tell(build.merged({ intoId: 'one' }, { tenant, account: 'two' }));
    await tell(build.account({ name: 'Two' }, { tenant, account: 'two', time: '2026-03-09T00:00:00.000Z' }));
    await soon(async () => expect((await accounts()).items.map((row) => row.name)).toEqual(['Two']));
  });
});

describe('a deletion', () => {
  it('removes every row, and what comes late about the time before stays out', async () => {
    const at = { tenant, account: 'gone' };
    await tell(
      build.account({}, at),
      build.contract({ end: '2026-03-01' }, at),
      alert('gone'),
      score('gone', 1, 10, 'red'),
    );
    await soon(async () => expect((await accounts()).items[0]).toMatchObject({ openAlerts: 1, score: 10 }));
    await tell(build.deleted({}, { ...at, time: '2026-03-09T00:00:00.000Z' }));
    await soon(async () => expect((await accounts()).total).toBe(0));
    await tell(
      build.account({}, { ...at, time: '2026-03-08T00:00:00.000Z' }),
      score('gone', 9, 10, 'red'),
      score('alive', 1, 10, 'red'),
    );
    await soon(async () => expect((await accounts()).total).toBe(1));
    await expect(get('/accounts/gone')).rejects.toThrow('404');
    await reporting.app.get(DueSweeper).sweep();
    expect((await accounts()).total).toBe(1);
    await tell(build.account({ name: 'Back' }, { ...at, time: '2026-03-10T00:00:00.000Z' }));
    await soon(async () => expect((await accounts('?search=back')).total).toBe(1));
  });
});

describe('Today', () => {
  it('lists accounts that need somebody, ranked, and nothing that was taken up', async () => {
    const csm = { team: [{ role: 'csm', email: 'ada@acme.test' }] };
    const book = Array.from({ length: 12 }, (_, at) => `acc-${String(at).padStart(2, '0')}`);
    await tell(
      ...book.map((account, at) =>
        build.account({ name: account, arr: 1_000 * (at + 1), ...(at === 11 ? csm : {}) }, { tenant, account }),
      ),
      ...book.map((account, at) =>
        alert(account, { alertId: `a-${at}`, preexisting: at === 10, arrAtRisk: 1_000 * (at + 1) }),
      ),
      alert('snoozed', { alertId: 'zz', change: 'snoozed', status: 'snoozed' }),
      alert('taken', { alertId: 'ack', change: 'acknowledged', status: 'acknowledged' }),
      alert('try', { alertId: 'try', test: true }),
    );
    await soon(async () => {
      const today = await get<TodayBody>('/today');
      expect([today.items.length, today.more, today.quiet]).toEqual([10, 2, false]);
      expect(today.items.map((item) => item.accountId)).toEqual([
        'acc-11',
        'acc-09',
        'acc-08',
        'acc-07',
        'acc-06',
        'acc-05',
        'acc-04',
        'acc-03',
        'acc-02',
        'acc-01',
      ]);
      expect(today.items[0]).toMatchObject({
        rank: 1,
        arrAtRisk: 12_000,
        alertIds: ['a-11'],
        reasons: [{ signal: 'usage-decline', sentence: example.data.summary, since: '2026-04-27T00:00:00.000Z' }],
      });
    });
    expect((await get<TodayBody>('/today?owner=me')).items.map((item) => item.accountId)).toEqual(['acc-11']);
    expect(await get<TodayBody>('/today?owner=me', { email: 'other@acme.test' })).toEqual({
      items: [],
      more: 0,
      quiet: true,
    });
    expect((await get<TodayBody>('/today?owner=me', { kind: 'key', email: null })).quiet).toBe(true);
  });
});
