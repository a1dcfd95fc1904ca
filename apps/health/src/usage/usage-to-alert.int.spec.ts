import {
  type Envelope,
  type HealthBody,
  type HealthHistoryBody,
  type RiskAlert,
  topics,
  type UsageBody,
  type UsageRecorded,
} from '@tenure/contracts';
import { DueSweeper } from '@tenure/platform';
import { build, callerToken, eventually, FixedClock, startTestService, type TestService } from '@tenure/testing';

import { service } from '../health.service';

const dayMs = 86_400_000;
/** A Wednesday. */
const today = Date.parse('2026-06-10T12:00:00.000Z');

describe('from usage to score and alert', () => {
  const clock = new FixedClock(new Date(today));
  let health: TestService;

  beforeAll(async () => {
    health = await startTestService('health', service, { clock });
  });
  afterAll(() => health.stop());

  const get = async <T>(path: string, tenant = 'acme'): Promise<{ status: number; body: T }> => {
    const token = await callerToken('health', { tenant });
    const answer = await fetch(health.url + path, { headers: { authorization: `Bearer ${token}` } });
    return { status: answer.status, body: (await answer.json()) as T };
  };

  /** A usage event of a user of an account, `daysAgo`; imported ones were known when they happened. */
  const usage = (account: string, user: number, daysAgo: number, imported = true): Envelope<UsageRecorded> => {
    const time = new Date(today - daysAgo * dayMs).toISOString();
    return build.usage(
      { userId: `user-${user}`, event: 'Report Exported' },
      { account, time, receivedat: new Date(clock.now()).toISOString(), ...(imported && { knownat: time }) },
    );
  };

  const workdays = (from: number, to: number): number[] =>
    Array.from({ length: from - to + 1 }, (_, index) => from - index).filter(
      (ago) => ![0, 6].includes(new Date(today - ago * dayMs).getUTCDay()),
    );

  const closeImport = () =>
    health.kafka.produceRaw(topics.tenantChanges.name, {
      key: 'acme:source/history',
      value: JSON.stringify({
        specversion: '1.0',
        id: `close-${clock.now().getTime()}`,
        source: '/services/ingestion',
        type: 'tenure.source.changed.v1',
        subject: 'source/history',
        time: clock.now().toISOString(),
        tenantid: 'acme',
        partitionkey: 'acme:source/history',
        receivedat: clock.now().toISOString(),
        datacontenttype: 'application/json',
        data: {
          sourceId: 'history',
          name: 'History',
          kind: 'cloudevents',
          mode: 'import',
          state: 'closed',
          closedAt: clock.now().toISOString(),
        },
      }),
    });

  it('shows usage by day and a score whose contributions add up, a moment after the events', async () => {
    const events = workdays(40, 0).flatMap((ago) => [1, 2, 3].map((user) => usage('steady', user, ago, false)));
    await health.kafka.produce(...events);
    await eventually(async () => {
      const { body } = await get<UsageBody>('/api/v1/accounts/steady/usage?from=2026-05-01&to=2026-06-10');
      expect(body.days.at(-1)).toEqual({
        day: '2026-06-10',
        events: 3,
        activeUsers: 3,
        features: { 'Report Exported': 3 },
      });
    });
    const { body } = await get<HealthBody>('/api/v1/accounts/steady/health');
    expect(body.score).not.toBeNull();
    const sum = body.contributions.reduce((total, each) => total + Math.round(each.points * 100), 0);
    expect(sum).toBe(Math.round((body.score ?? 0) * 100));
  });

  it('counts an event once that comes twice, and knows nothing of other tenants', async () => {
    const twice = usage('once', 1, 0, false);
    await health.kafka.produce(twice, twice);
    await health.kafka.produce(twice, usage('once', 2, 0, false));
    await eventually(async () => {
      const { body } = await get<UsageBody>('/api/v1/accounts/once/usage');
      expect(body.days).toEqual([{ day: '2026-06-10', events: 2, activeUsers: 2, features: { 'Report Exported': 2 } }]);
    });
    expect((await get('/api/v1/accounts/once/usage', 'other')).status).toBe(404);
    expect((await get('/api/v1/accounts/once/health', 'other')).status).toBe(404);
  });

  it('raises no alert for imported history before its import is closed, and marks what was already true', async () => {
    const alerts = await health.kafka.consume(topics.riskAlerts);
    const busy = workdays(190, 15).flatMap((ago) =>
      Array.from({ length: 12 }, (_, user) => usage('declining', user, ago)),
    );
    const few = workdays(14, 0).flatMap((ago) => [0, 1, 2].map((user) => usage('declining', user, ago)));
    await health.kafka.produce(...busy, ...few);
    await eventually(async () => {
      const { body } = await get<UsageBody>('/api/v1/accounts/declining/usage?from=2025-11-01&to=2026-06-10');
      expect(body.days.length).toBeGreaterThan(100);
    });
    expect(alerts.records).toHaveLength(0);
    await closeImport();
    // A decline has to be seen on two weekly checks, so nothing is opened by one look at a whole history.
    await eventually(async () =>
      expect((await get<HealthBody>('/api/v1/accounts/declining/health')).body.score).not.toBeNull(),
    );
    await eventually(async () => {
      const { body } = await get<HealthHistoryBody>('/api/v1/accounts/declining/health/history');
      expect(body.items.length).toBeGreaterThan(10);
      expect(body.items[0]?.day).toBe('2025-12-10');
    });
    clock.advance(8 * dayMs);
    const still = [0, 1, 2].flatMap((user) => [usage('declining', user, -7, false), usage('steady', user, -8, false)]);
    await health.kafka.produce(...still);
    const sweeper = health.app.get(DueSweeper);
    await eventually(async () => {
      await sweeper.sweep();
      const { body } = await get<{ items: RiskAlert[] }>('/api/v1/alerts?accountId=declining');
      expect(body.items).toContainEqual(
        expect.objectContaining({ signal: 'usage-decline', accountId: 'declining', status: 'open' }),
      );
    });
    await eventually(() => expect(alerts.records.length).toBeGreaterThan(0));
  });

  it('opens silence by the clock alone once others still use the product, and lets a person act on it', async () => {
    clock.advance(12 * dayMs);
    await health.kafka.produce(usage('steady-2', 1, -20, false));
    const sweeper = health.app.get(DueSweeper);
    let alert: RiskAlert | undefined;
    await eventually(async () => {
      await sweeper.sweep();
      const { body } = await get<{ items: RiskAlert[] }>('/api/v1/alerts?accountId=steady&signal=silence&status=open');
      alert = body.items[0];
      expect(alert).toBeDefined();
    });
    const token = await callerToken('health', { tenant: 'acme', role: 'csm', name: 'Cara' });
    const act = async (verb: string, body: object = {}) => {
      const answer = await fetch(`${health.url}/api/v1/alerts/${alert?.alertId}/${verb}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: (await answer.json()) as RiskAlert };
    };
    expect((await act('acknowledge')).body).toMatchObject({ status: 'acknowledged', acknowledgedBy: { name: 'Cara' } });
    expect((await act('acknowledge')).status).toBe(409);
    expect((await act('reopen')).body).toMatchObject({ status: 'open', acknowledgedBy: null });
    expect((await act('snooze', {})).status).toBe(400);
    expect((await act('snooze', { until: '2026-W30' })).status).toBe(400);
    const until = new Date(clock.now().getTime() + 3_600_000).toISOString();
    expect((await act('snooze', { until })).body).toMatchObject({ status: 'snoozed', snoozedUntil: until });
    clock.advance(3_600_000);
    await sweeper.sweep();
    const woken = await get<{ items: RiskAlert[] }>('/api/v1/alerts?accountId=steady&signal=silence');
    expect(woken.body.items[0]).toMatchObject({ alertId: alert?.alertId, status: 'open' });
    expect((await act('resolve', { reason: 'false-alarm', note: 'Summer break' })).body).toMatchObject({
      status: 'resolved',
      resolution: { reason: 'false-alarm', note: 'Summer break', by: { name: 'Cara' } },
    });
  });
});
