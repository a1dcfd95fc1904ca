import { type RiskAlert, topics } from '@tenure/contracts';
import { build, callerToken, eventually, FixedClock, startTestService, type TestService } from '@tenure/testing';

import { service } from '../health.service';

/** A Wednesday. */
const now = '2026-06-10T12:00:00.000Z';
const at = (account: string, time = now) => ({ account, time, receivedat: time });

describe('the catalogue of signals', () => {
  const clock = new FixedClock(now);
  let health: TestService;
  let token: string;

  beforeAll(async () => {
    health = await startTestService('health', service, { clock });
    token = await callerToken('health');
  });
  afterAll(() => health.stop());

  const call = async <T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }> => {
    const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
    const answer = await fetch(health.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    return { status: answer.status, body: (await answer.json()) as T };
  };
  const entry = async (signal: string) => {
    const { body } = await call<{ items: Record<string, unknown>[] }>('GET', '/api/v1/signals');
    return body.items.find((item) => item['signal'] === signal);
  };
  const alertsOf = async (account: string) =>
    (await call<{ items: RiskAlert[] }>('GET', `/api/v1/alerts?accountId=${account}`)).body.items;
  const open = (account: string, signal: string) =>
    eventually(async () => {
      const found = (await alertsOf(account)).find((alert) => alert.signal === signal && alert.status === 'open');
      expect(found).toBeDefined();
      return found;
    });

  it('says of every signal what it is, whether it is live, and what came of it', async () => {
    const { body } = await call<{ items: object[] }>('GET', '/api/v1/signals');
    expect(body.items).toHaveLength(21);
    expect(await entry('payment-overdue')).toMatchObject({
      title: 'An invoice is overdue',
      live: false,
      inputs: [{ kind: 'invoices', status: 'never' }],
      openNow: 0,
      precision: { n: 0, share: null },
    });
  });

  it('judges by new settings at once, keeps every version, and refuses what makes no sense', async () => {
    const due = '2026-06-05T00:00:00.000Z';
    await health.kafka.produce(build.invoice({ status: 'open', dueAt: due }, at('late')));
    await eventually(async () => expect((await entry('payment-overdue'))?.['live']).toBe(true));
    expect(await alertsOf('late')).toEqual([]);
    const path = '/api/v1/signals/payment-overdue/settings';
    const wrong = await call('PUT', path, { parameters: { graceDays: -3, heat: 1 } });
    expect(wrong).toMatchObject({ status: 400, body: { pointer: '/parameters/graceDays' } });
    expect((await call('PUT', '/api/v1/signals/unheard/settings', {})).status).toBe(404);
    const set = await call('PUT', path, { parameters: { graceDays: 3 }, version: 0, note: 'We invoice late' });
    expect(set).toMatchObject({ status: 200, body: { version: 1, parameters: { graceDays: 3, seriousDays: 45 } } });
    expect((await call('PUT', path, { version: 0 })).status).toBe(409);
    await open('late', 'payment-overdue');
    expect(await call('PUT', path, { segments: { smb: { off: true } }, off: true })).toMatchObject({
      body: { version: 2 },
    });
    await eventually(async () => expect((await alertsOf('late'))[0]).toMatchObject({ status: 'resolved' }));
    const back = await call<{ history: { note: string | null }[] }>('PUT', path, { reset: true });
    expect(back.body).toMatchObject({ version: 3, off: false, parameters: { graceDays: 7 } });
    expect(back.body.history.map((each) => each.note)).toEqual([null, null, 'We invoice late']);
  });

  it('tries settings on the past and says what they would have done, beside today’s', async () => {
    const invoice = { invoiceId: 'i-1', status: 'overdue' as const, dueAt: '2026-05-01T00:00:00.000Z' };
    await health.kafka.produce(
      build.usage({}, at('tried', '2026-03-02T12:00:00.000Z')),
      build.invoice(invoice, at('tried', '2026-05-02T12:00:00.000Z')),
      build.invoice(
        { ...invoice, status: 'paid', paidAt: '2026-05-20T12:00:00.000Z' },
        at('tried', '2026-05-20T12:00:00.000Z'),
      ),
    );
    await eventually(async () => expect((await call('GET', '/api/v1/accounts/tried/health')).status).toBe(200));
    const period = { from: '2026-04-01', to: '2026-06-09' };
    const path = '/api/v1/signals/payment-overdue/dry-run';
    expect(await call('POST', path, { ...period, to: '2026-06-10' })).toMatchObject({
      status: 400,
      body: { pointer: '/to' },
    });
    const asked = await call<{ studyId: string }>('POST', path, { ...period, off: true });
    expect(asked.status).toBe(202);
    await eventually(async () => {
      const { body } = await call<{ state: string; result: unknown }>('GET', `/api/v1/studies/${asked.body.studyId}`);
      expect(body.state).toBe('done');
      expect(body.result).toMatchObject({
        proposed: { firings: 0, accounts: 0 },
        current: { firings: 1, accounts: 1 },
        sentence: 'would not have fired',
        items: [{ accountId: 'tried', proposed: 0, current: 1, first: '2026-05-02', lostOn: null }],
      });
    });
  });

  it('learns its precision from what people say', async () => {
    const escalated = (account: string) => [
      build.ticket({ priority: 'urgent' }, at(account)),
      build.ticket({ change: 'escalated' }, at(account, '2026-06-10T12:00:01.000Z')),
    ];
    await health.kafka.produce(...escalated('good'), ...escalated('bad'), ...escalated('early'));
    const verdicts = { good: 'useful', bad: 'not-useful', early: 'too-early' };
    for (const [account, useful] of Object.entries(verdicts)) {
      const alert = await open(account, 'escalation-open');
      expect((await call('POST', `/api/v1/alerts/${alert?.alertId}/feedback`, { useful })).status).toBe(200);
    }
    expect(await entry('escalation-open')).toMatchObject({
      openNow: 3,
      fired90Days: 3,
      feedback: { useful: 1, notUseful: 1, tooEarly: 1 },
      precision: { hits: 1, n: 2, share: 0.5 },
    });
  });

  it('tells alerts that have one cause of each other', async () => {
    const dana = { stakeholderId: 'dana', name: 'Dana', roles: ['champion'], email: 'dana@holding.test' };
    for (const account of ['north', 'south']) {
      await health.kafka.produce(build.stakeholder(dana, at(account)));
      await health.kafka.produce(
        build.stakeholder({ ...dana, change: 'left' }, at(account, '2026-06-10T12:00:01.000Z')),
      );
      await open(account, 'champion-left');
    }
    const [north, south] = [await open('north', 'champion-left'), await open('south', 'champion-left')];
    expect(north).toMatchObject({ causeId: null });
    expect(south).toMatchObject({ causeId: 'person:dana@holding.test', relatedAlertIds: [north?.alertId] });
  });

  it('confirms or dismisses in one click that a champion left', async () => {
    const eve = (account: string) => ({
      stakeholderId: `eve-${account}`,
      name: 'Eve',
      roles: ['champion'],
      userId: 'eve',
    });
    const [before, gone] = ['2026-06-10T12:00:02.000Z', '2026-06-10T12:00:03.000Z'];
    for (const account of ['yes', 'no']) {
      await health.kafka.produce(
        build.usage({ userId: 'eve' }, at(account)),
        build.stakeholder(eve(account), at(account, before)),
      );
      await health.kafka.produce(build.user({ userId: 'eve', active: false }, at(account, gone)));
    }
    const told = await health.kafka.consume(topics.stakeholderChanges);
    const [yes, no] = [await open('yes', 'champion-left'), await open('no', 'champion-left')];
    expect(yes?.evidence[0]).toMatchObject({ metric: 'champions-suspected', ids: ['eve-yes'] });
    clock.advance(10_000);
    expect((await call('POST', `/api/v1/alerts/${yes?.alertId}/confirm`, { left: true })).status).toBe(200);
    expect((await call('POST', `/api/v1/alerts/${no?.alertId}/confirm`, { left: false })).status).toBe(200);
    await told.waitFor(1, ({ data }) => (data as { change: string }).change === 'left');
    await eventually(async () => {
      expect((await alertsOf('no'))[0]).toMatchObject({ status: 'resolved', resolution: { reason: 'cleared' } });
      expect((await alertsOf('yes'))[0]).toMatchObject({
        status: 'open',
        change: 'escalated',
        summary: 'Eve, the champion, left',
      });
    });
    expect((await call('POST', `/api/v1/alerts/${yes?.alertId}/confirm`, { left: true })).status).toBe(409);
  });

  it('knows sign-ins and first value by the names that a tenant marks', async () => {
    const items = [
      { feature: 'Sign-in', names: ['signed_in'], key: false, signIn: true },
      { feature: 'Report', names: ['report_made'], key: true, value: true },
    ];
    expect((await call('PUT', '/api/v1/features', { items })).status).toBe(200);
    const { body } = await call<{ items: object[] }>('GET', '/api/v1/features');
    expect(body.items).toEqual([
      { feature: 'Report', names: ['report_made'], key: true, signIn: false, value: true },
      { feature: 'Sign-in', names: ['signed_in'], key: false, signIn: true, value: false },
    ]);
    await health.kafka.produce(build.usage({ event: 'signed_in' }, at('marked')));
    await eventually(async () => {
      const signals = await call<{ items: { signal: string; state: string }[] }>(
        'GET',
        '/api/v1/accounts/marked/signals',
      );
      expect(signals.body.items.find((each) => each.signal === 'login-decline')?.state).toBe('clear');
    });
  });
});
