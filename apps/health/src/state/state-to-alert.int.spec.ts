import { type RiskAlert, type SignalsBody, topics, type UsageBody } from '@tenure/contracts';
import { DueSweeper } from '@tenure/platform';
import { build, callerToken, eventually, FixedClock, startTestService, type TestService } from '@tenure/testing';

import { service } from '../health.service';

/** A Wednesday. */
const now = '2026-06-10T12:00:00.000Z';
const at = (account: string, time = now) => ({ account, time, receivedat: time });
const later = '2026-06-10T12:00:01.000Z';

describe('from what happens around an account to alerts', () => {
  const clock = new FixedClock(now);
  let health: TestService;
  let token: string;

  beforeAll(async () => {
    health = await startTestService('health', service, { clock });
    token = await callerToken('health');
  });
  afterAll(() => health.stop());

  const get = async <T>(path: string): Promise<T> => {
    const answer = await fetch(health.url + path, { headers: { authorization: `Bearer ${token}` } });
    return (await answer.json()) as T;
  };
  const alertsOf = async (account: string) =>
    (await get<{ items: RiskAlert[] }>(`/api/v1/alerts?accountId=${account}`)).items;
  const opens = (account: string, signal: string, rest: object = {}) =>
    eventually(async () =>
      expect(await alertsOf(account)).toContainEqual(expect.objectContaining({ signal, status: 'open', ...rest })),
    );

  it('raises nothing that rests on inputs which a tenant does not send', async () => {
    await health.kafka.produce(build.usage({}, at('usage-only')));
    await eventually(async () => {
      const { items } = await get<SignalsBody>('/api/v1/accounts/usage-only/signals');
      const states = Object.fromEntries(items.map((item) => [item.signal, item.state]));
      expect(states).toMatchObject({
        'champion-left': 'not-assessable',
        'ticket-spike': 'not-assessable',
        'notice-given': 'not-assessable',
      });
    });
    expect(await alertsOf('usage-only')).toEqual([]);
  });

  it('raises champion-left for a champion, and carries the profile, the owner and the money', async () => {
    const profile = {
      name: 'Globex',
      segment: 'mid-market',
      team: [{ role: 'csm', email: 'cara@acme.test' }],
      externalIds: { crm: '006' },
    };
    const contract = build.contract({ start: '2026-01-01', end: '2026-09-01' }, at('globex'));
    await health.kafka.produce(build.account(profile, at('globex')), contract);
    await health.kafka.produce(build.stakeholder({ roles: ['champion'] }, at('globex')));
    await health.kafka.produce(build.stakeholder({ change: 'left' }, at('globex', later)));
    await opens('globex', 'champion-left', {
      accountName: 'Globex',
      segment: 'mid-market',
      owner: { id: 'cara@acme.test', name: null, email: 'cara@acme.test' },
      externalIds: { crm: '006' },
      arr: 120_000,
      currency: 'USD',
      decisionDate: '2026-09-01',
      daysToDecision: 83,
    });
  });

  it('raises escalation-open for an escalated ticket', async () => {
    await health.kafka.produce(build.ticket({ priority: 'urgent' }, at('initech')));
    await health.kafka.produce(build.ticket({ change: 'escalated' }, at('initech', later)));
    await opens('initech', 'escalation-open');
  });

  it('raises ticket-spike for a burst far beyond what is usual', async () => {
    const burst = Array.from({ length: 9 }, (_, index) => build.ticket({ ticketId: `spike-${index}` }, at('hooli')));
    await health.kafka.produce(build.usage({}, at('hooli')), ...burst);
    await opens('hooli', 'ticket-spike');
  });

  it('raises negative-sentiment when a champion is unhappy', async () => {
    await health.kafka.produce(
      build.stakeholder({ roles: ['champion'], email: 'stella@umbrella.test' }, at('umbrella')),
    );
    await health.kafka.produce(
      build.survey({ score: 2, email: 'stella@umbrella.test', stakeholderId: 'stakeholder-1' }, at('umbrella')),
    );
    await opens('umbrella', 'negative-sentiment');
  });

  it('raises notice-given as critical, one level lower while most data is missing', async () => {
    const notice = { status: 'notice-given' as const, start: '2026-01-01', end: '2026-12-31', noticeGivenAt: now };
    await health.kafka.produce(build.contract(notice, at('stark')));
    await opens('stark', 'notice-given', {
      severity: 'high',
      severityReason: expect.stringContaining('Base level critical') as string,
    });
  });

  it('publishes the alert with the same content, under the account as key', async () => {
    const alerts = await health.kafka.consume(topics.riskAlerts);
    const [held] = await alertsOf('stark');
    const [event] = await alerts.waitFor<RiskAlert>(1, ({ data }) => data.alertId === held?.alertId);
    expect(event).toMatchObject({ type: 'tenure.risk-alert.opened.v1', partitionkey: 'acme:stark', data: held });
  });

  it('waits with signals of tickets while an incident of our own touches the account', async () => {
    await health.kafka.produce(build.incident({}, at('wayne')));
    const assessable = async () => {
      const { items } = await get<SignalsBody>('/api/v1/accounts/wayne/signals');
      return items.find((item) => item.signal === 'ticket-spike')?.state;
    };
    await health.kafka.produce(
      build.usage({}, at('wayne')),
      ...Array.from({ length: 9 }, (_, n) => build.ticket({ ticketId: `w-${n}` }, at('wayne', later))),
    );
    await eventually(async () => expect((await get<UsageBody>('/api/v1/accounts/wayne/usage')).days).toHaveLength(1));
    await eventually(async () => expect(await assessable()).toBe('not-assessable'));
    await health.kafka.produce(build.incident({ status: 'resolved' }, at('wayne', '2026-06-10T12:00:02.000Z')));
    await opens('wayne', 'ticket-spike');
  });

  it('moves history, users and usage when an account is merged, and follows late events to the one that lives on', async () => {
    await health.kafka.produce(build.usage({ userId: 'ada' }, at('small')), build.usage({ userId: 'bob' }, at('big')));
    await health.kafka.produce(build.ticket({ change: 'escalated', ticketId: 'moved' }, at('small')));
    await opens('small', 'escalation-open');
    await health.kafka.produce(build.merged({ intoId: 'big' }, at('small')));
    await opens('big', 'escalation-open');
    await eventually(async () =>
      expect(await alertsOf('small')).toContainEqual(
        expect.objectContaining({ status: 'resolved', resolution: expect.objectContaining({ reason: 'superseded' }) }),
      ),
    );
    await health.kafka.produce(build.usage({ userId: 'cyd' }, at('small')));
    await eventually(async () => {
      const { days } = await get<UsageBody>('/api/v1/accounts/big/usage');
      expect(days).toEqual([expect.objectContaining({ events: 3, activeUsers: 3 })]);
    });
  });

  it('takes a merge into an account that was itself merged away to the one that lives on', async () => {
    await health.kafka.produce(build.usage({ userId: 'dan' }, at('tiny')));
    await eventually(async () => expect((await get<UsageBody>('/api/v1/accounts/tiny/usage')).days).toHaveLength(1));
    await health.kafka.produce(build.merged({ intoId: 'small' }, at('tiny')));
    await eventually(async () => {
      const { days } = await get<UsageBody>('/api/v1/accounts/big/usage');
      expect(days).toEqual([expect.objectContaining({ events: 4, activeUsers: 4 })]);
    });
  });

  it('forgets an account that is deleted', async () => {
    await health.kafka.produce(build.usage({}, at('gone')));
    await eventually(async () => expect((await get<UsageBody>('/api/v1/accounts/gone/usage')).days).toHaveLength(1));
    await health.kafka.produce(build.deleted({}, at('gone')));
    await eventually(async () => expect(await get('/api/v1/accounts/gone/usage')).toMatchObject({ code: 'not-found' }));
  });

  it('keeps it forgotten when events come late and when the clock turns, and goes on with its versions when it is back', async () => {
    const scores = await health.kafka.consume(topics.healthScores);
    const [before] = await scores.waitFor<{ version: number }>(1, ({ subject }) => subject === 'gone');
    clock.advance(2 * 86_400_000);
    await health.app.get(DueSweeper).sweep();
    expect(await get('/api/v1/accounts/gone/usage')).toMatchObject({ code: 'not-found' });
    await health.kafka.produce(
      build.usage({}, at('gone', '2026-06-09T12:00:00.000Z')),
      build.usage({}, at('gone', '2026-06-12T12:00:00.000Z')),
    );
    await eventually(async () => {
      const { days } = await get<UsageBody>('/api/v1/accounts/gone/usage');
      expect(days).toEqual([expect.objectContaining({ day: '2026-06-12', events: 1 })]);
    });
    const [, after] = await scores.waitFor<{ version: number }>(2, ({ subject }) => subject === 'gone');
    expect(after?.data.version).toBe((before?.data.version ?? 0) + 1);
  });
});
