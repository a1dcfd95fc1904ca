import { gzipSync } from 'node:zlib';

import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import { accountChanged, topics, type UsageRecorded, usageRecorded, userChanged } from '@tenure/contracts';
import { callerToken, type Collector, eventually, startTestService, type TestService } from '@tenure/testing';
import { randomUUID } from 'node:crypto';

import { service } from '../ingestion.service';

let ingestion: TestService;
let usage: Collector;
let users: Collector;
let accounts: Collector;
let key: string;
let sourceId: string;

const admin = async (path: string, init: RequestInit = {}) => {
  const token = await callerToken('ingestion');
  const response = await fetch(ingestion.url + path, {
    ...init,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
  return { status: response.status, body: (await response.json()) as never };
};

const postOnce = (path: string, body: unknown, headers: Record<string, string>) =>
  fetch(ingestion.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
      ...headers,
    },
    body: (typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)) as string,
  });

/** As an SDK does: a 503 means that nothing was taken, so the same is sent again. */
async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await postOnce(path, body, headers);
    if (response.status !== 503 || attempt === 10) return response;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

const usageOf = (userId: string, count = 1) =>
  usage.waitFor<UsageRecorded>(count, (event) => event.data.userId === userId);

beforeAll(async () => {
  ingestion = await startTestService('ingestion', service);
  [usage, users, accounts] = await Promise.all([
    ingestion.kafka.consume(topics.usageEvents),
    ingestion.kafka.consume(topics.userChanges),
    ingestion.kafka.consume(topics.accountChanges),
  ]);
  const made = await admin('/api/v1/sources', {
    method: 'POST',
    body: JSON.stringify({ name: 'Web', kind: 'segment', mode: 'live' }),
  });
  ({
    key,
    source: { id: sourceId },
  } = made.body as { key: string; source: { id: string } });
}, 180_000);

afterAll(() => ingestion?.stop());

describe('Segment calls', () => {
  it('are on their topic, whole, when they are answered with {"success":true}', async () => {
    const response = await post('/v1/track', {
      messageId: 'm-1',
      userId: 'whole',
      event: 'Report Exported',
      properties: { rows: 3 },
      context: { groupId: 'acme' },
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ success: true });
    const [event] = await usageOf('whole');
    expect(event).toMatchObject({
      specversion: '1.0',
      id: 'm-1',
      source: `/sources/${sourceId}`,
      type: usageRecorded.type,
      subject: 'acme',
      tenantid: 'acme',
      partitionkey: 'acme:acme',
      data: { accountId: 'acme', userId: 'whole', event: 'Report Exported', properties: { rows: 3 } },
    });
    expect(Date.parse(event!.receivedat)).toBeLessThanOrEqual(Date.now());
  });

  it('may carry the write key in the body', async () => {
    const call = { userId: 'in-body', event: 'e', context: { groupId: 'acme' } };
    expect((await post('/v1/track', { ...call, writeKey: key }, { authorization: '' })).status).toBe(200);
    expect((await post('/v1/track', { ...call, writeKey: 'wrong' }, { authorization: '' })).status).toBe(401);
    expect((await post('/v1/track', call, { authorization: '' })).status).toBe(401);
  });

  it('are corrected by the clock that the client thought it had', async () => {
    const clientNow = Date.now() + 3_600_000;
    const item = { type: 'track', userId: 'clock', event: 'e', context: { groupId: 'a' } };
    const timestamp = new Date(clientNow - 60_000).toISOString();
    await post('/v1/batch', { sentAt: new Date(clientNow).toISOString(), batch: [{ ...item, timestamp }] });
    const [event] = await usageOf('clock');
    expect(Date.parse(event!.receivedat) - Date.parse(event!.time)).toBe(60_000);
  });

  it('of a user go to the account that a group call before them named, in one batch or in several', async () => {
    const batch = [
      { type: 'group', userId: 'member', groupId: 'globex', traits: { name: 'Globex', plan: 'pro' }, messageId: 'g-1' },
      { type: 'track', userId: 'member', event: 'in the same batch' },
    ];
    expect((await post('/v1/batch', { batch })).status).toBe(200);
    expect((await post('/v1/track', { userId: 'member', event: 'in the next request' })).status).toBe(200);
    const events = await usageOf('member', 2);
    expect(events.map((event) => event.subject)).toEqual(['globex', 'globex']);
    const [account] = await accounts.waitFor(1, (event) => event.id === 'g-1');
    expect(account).toMatchObject({
      type: accountChanged.type,
      data: { accountId: 'globex', name: 'Globex', plan: 'pro' },
    });
    const [user] = await users.waitFor(1, (event) => event.id === 'g-1#user');
    expect(user).toMatchObject({ type: userChanged.type, subject: 'globex', data: { userId: 'member' } });
  });

  it('of a user who moved go to the account of their own time', async () => {
    const at = (day: number) => `2026-01-0${day}T00:00:00.000Z`;
    const call = (type: string, day: number, rest: object) => ({ type, userId: 'mover', timestamp: at(day), ...rest });
    await post('/v1/batch', { batch: [call('group', 2, { groupId: 'old' }), call('group', 4, { groupId: 'new' })] });
    const days = [1, 3, 5].map((day) => call('track', day, { event: 'e', messageId: `mover-${day}` }));
    await post('/v1/batch', { batch: days });
    const events = await usageOf('mover', 3);
    expect(Object.fromEntries(events.map((event) => [event.id, event.subject]))).toEqual({
      'mover-1': 'old',
      'mover-3': 'old',
      'mover-5': 'new',
    });
  });

  it('of an anonymous visitor follow them once they are known', async () => {
    await post('/v1/group', { userId: 'known', groupId: 'hooli' });
    await post('/v1/identify', { userId: 'known', anonymousId: 'visitor', traits: { email: 'k@hooli.com' } });
    await post('/v1/page', { anonymousId: 'visitor', name: 'Pricing' });
    await post('/v1/alias', { previousId: 'known', userId: 'renamed' });
    await post('/v1/screen', { userId: 'renamed', name: 'Home' });
    const [page] = await usage.waitFor<UsageRecorded>(1, (event) => event.data.anonymousId === 'visitor');
    expect(page).toMatchObject({ subject: 'hooli', data: { event: 'Viewed Pricing Page', call: 'page' } });
    const [screen] = await usageOf('renamed');
    expect(screen).toMatchObject({ subject: 'hooli', data: { event: 'Viewed Home Screen', call: 'screen' } });
  });

  it('of a user without any group wait, and go on by themselves when a group names the account', async () => {
    const timestamp = '2026-02-01T00:00:00.000Z';
    const response = await post('/v1/track', { userId: 'later', event: 'before', messageId: 'held-1', timestamp });
    expect(response.status).toBe(200);
    await eventually(async () => {
      const { body } = await admin('/api/v1/held');
      expect((body as { items: { reference: object }[] }).items).toContainEqual(
        expect.objectContaining({ reference: { userId: 'later' }, count: 1, type: usageRecorded.type }),
      );
    });
    expect(usage.envelopes<UsageRecorded>().some((event) => event.data.userId === 'later')).toBe(false);
    await post('/v1/group', { userId: 'later', groupId: 'initech' });
    const [event] = await usageOf('later');
    expect(event).toMatchObject({ id: 'held-1', source: `/sources/${sourceId}`, subject: 'initech', time: timestamp });
    await eventually(async () => {
      const { body } = await admin('/api/v1/held');
      expect((body as { items: { id: string }[] }).items.map((each) => each.id)).not.toContain('user:later');
    });
  });

  it('may be compressed; a bomb and broken gzip are refused', async () => {
    const batch = gzipSync(
      JSON.stringify({ batch: [{ type: 'track', userId: 'zip', event: 'e', context: { groupId: 'a' } }] }),
    );
    expect((await post('/v1/batch', batch, { 'content-encoding': 'gzip' })).status).toBe(200);
    await usageOf('zip');
    const bomb = gzipSync(Buffer.alloc(50_000_000, 32));
    expect((await post('/v1/batch', bomb, { 'content-encoding': 'gzip' })).status).toBe(413);
    expect((await post('/v1/batch', 'no gzip', { 'content-encoding': 'gzip' })).status).toBe(400);
    expect((await post('/v1/batch', '{}', { 'content-encoding': 'br' })).status).toBe(415);
  });

  it('are too many where a batch has more than 10,000, however small', async () => {
    const { status } = await post('/v1/batch', `{"batch":[${'0,'.repeat(10_000)}0]}`);
    expect(status).toBe(400);
  });

  it('that are wrong alone are answered with 400 and a pointer', async () => {
    const response = await post('/v1/track', { userId: 'u', properties: {} });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'invalid',
      pointer: '/event',
      errors: [{ code: 'missing-field' }],
    });
    expect((await post('/v1/track', 'no json')).status).toBe(400);
    expect((await post('/v1/batch', { batch: 'none' })).status).toBe(400);
    expect((await post('/v1/batch', [])).status).toBe(400);
    expect((await post('/v1/import', {})).status).toBe(404);
    const large = { userId: 'u', event: 'e', properties: { text: 'x'.repeat(33_000) } };
    expect((await post('/v1/track', large)).status).toBe(400);
    const huge = {
      batch: Array.from({ length: 20 }, () => ({ type: 'track', properties: { text: 'x'.repeat(30_000) } })),
    };
    expect((await post('/v1/batch', huge)).status).toBe(400);
  });

  it('that are wrong in a batch are kept with their reason, and the others go on', async () => {
    const deep = (levels: number): unknown => JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels));
    const batch = [
      { type: 'track', userId: 'good', event: 'e', context: { groupId: 'a' } },
      { type: 'track', userId: 'u', messageId: 'no-event' },
      { type: 'dance', userId: 'u' },
      null,
      { type: 'track', userId: 'u', event: 'NUL \0', context: { groupId: 'a' } },
      { type: 'track', userId: 'u', event: 'half \ud800', context: { groupId: 'a' } },
      { type: 'track', userId: 'u', event: 'deep', properties: deep(1_000) },
      { type: 'track', userId: 'u', event: 'large', properties: { text: 'x'.repeat(33_000) } },
      {
        type: 'track',
        userId: 'u',
        event: 'keys',
        properties: Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`k${i}`, i])),
      },
      { type: 'track', messageId: '\0', userId: 'u' },
    ];
    const response = await post('/v1/batch', { batch });
    expect(response.status).toBe(200);
    await usageOf('good');
    await eventually(async () => {
      const { body } = await admin(`/api/v1/sources/${sourceId}/rejects?limit=100`);
      const { items } = body as { items: { code: string; pointer: string; body: unknown }[] };
      const reasons = items.map((item) => `${item.code} ${item.pointer}`);
      for (const reason of [
        'missing-field /event',
        'wrong-value /type',
        'wrong-type ',
        'unstorable-text /event',
        'too-deep ',
        'too-large ',
        'too-many-items /properties',
        'unstorable-text /messageId',
      ]) {
        expect(reasons).toContain(reason);
      }
      expect(reasons.filter((reason) => reason === 'unstorable-text /event')).toHaveLength(2);
    });
    const { body } = await admin(`/api/v1/sources/${sourceId}/rejects?code=too-deep`);
    const { items, groups } = body as { items: { code: string }[]; groups: { code: string; count: number }[] };
    expect(new Set(items.map((item) => item.code))).toEqual(new Set(['too-deep']));
    expect(groups).toContainEqual(expect.objectContaining({ code: 'too-deep', count: 1 }));
  });

  it('come from the published SDK with nothing changed but its host', async () => {
    const analytics = new Analytics({ writeKey: key, host: ingestion.url, flushAt: 5 });
    const errors: unknown[] = [];
    analytics.on('error', (error) => errors.push(error));
    const userId = `sdk-${randomUUID()}`;
    analytics.group({ userId, groupId: 'sdk-account', traits: { name: 'SDK' } });
    analytics.identify({ userId, traits: { email: 'sdk@example.org' } });
    analytics.track({ userId, event: 'Signed In', properties: { method: 'password' } });
    analytics.page({ userId, name: 'Home' });
    analytics.alias({ userId, previousId: 'sdk-before' });
    await analytics.closeAndFlush({ timeout: 10_000 });
    expect(errors).toEqual([]);
    const events = await usageOf(userId, 2);
    expect(events.map((event) => [event.subject, event.data.event])).toEqual([
      ['sdk-account', 'Signed In'],
      ['sdk-account', 'Viewed Home Page'],
    ]);
    // All four times: when it happened by our clock and by the sender's, when it was sent, when it came.
    for (const event of events) {
      expect(Object.keys(event)).toEqual(expect.arrayContaining(['time', 'originaltime', 'senttime', 'receivedat']));
    }
  });

  it('come from the published SDK of RudderStack with nothing changed but its host', async () => {
    const analytics = new RudderAnalytics(key, { dataPlaneUrl: ingestion.url, flushAt: 20, logLevel: 'silent' });
    const userId = `rudder-${randomUUID()}`;
    const context = { traits: { plan: 'pro' } };
    analytics.group({ userId, groupId: 'rudder-account', traits: { name: 'Rudder' } });
    analytics.identify({ userId, traits: { email: 'rudder@example.org' } });
    analytics.track({ userId, event: 'Signed In', properties: { method: 'password' }, context });
    analytics.screen({ userId, name: 'Home' });
    analytics.alias({ userId, previousId: 'rudder-before' });
    await analytics.flush();
    const events = await usageOf(userId, 2);
    expect(events.map((event) => [event.subject, event.data.event])).toEqual([
      ['rudder-account', 'Signed In'],
      ['rudder-account', 'Viewed Home Screen'],
    ]);
  });
});
