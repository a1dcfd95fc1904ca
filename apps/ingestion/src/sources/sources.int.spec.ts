import { type SourceChanged, type SourceKeysBody, type SourceRow, topics } from '@tenure/contracts';
import { callerToken, type Collector, eventually, startTestService, type TestService } from '@tenure/testing';

import { service } from '../ingestion.service';

let one: TestService;
let other: TestService;
let changes: Collector;
let usage: Collector;

interface Keyed {
  source: SourceRow & { closedAt: string | null };
  key: string;
}

const call = async (path: string, body?: unknown, role: 'admin' | 'viewer' | 'operator' = 'admin', tenant = 'acme') => {
  const authorization = `Bearer ${await callerToken('ingestion', { role, tenant })}`;
  const headers = { authorization, 'content-type': 'application/json' };
  return fetch(
    one.url + path,
    body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) },
  );
};
const ask = async <T>(path: string, body?: unknown): Promise<T> => {
  const response = await call(path, body);
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as T;
};
const create = (fields: object = {}) =>
  ask<Keyed>('/api/v1/sources', { name: 'Web', kind: 'segment', mode: 'live', ...fields });

const track = async (key: string, fields: object = {}, to = one) => {
  const body = JSON.stringify({ writeKey: key, userId: 'u', event: 'e', context: { groupId: 'a' }, ...fields });
  return (await fetch(`${to.url}/v1/track`, { method: 'POST', body })).status;
};

const send = (path: string, body: object, to = one) =>
  fetch(to.url + path, { method: 'POST', body: JSON.stringify(body) });
const event = { type: 'track', userId: 'u', event: 'e', context: { groupId: 'a' } };
const change = async (path: string, body: object) => {
  const authorization = `Bearer ${await callerToken('ingestion', { role: 'admin', tenant: 'acme' })}`;
  const headers = { authorization, 'content-type': 'application/json' };
  return fetch(one.url + path, { method: 'PATCH', headers, body: JSON.stringify(body) });
};

beforeAll(async () => {
  one = await startTestService('ingestion', service, { env: { TENURE_DEMO: '1' } });
  // A second process of the same service, on the same database and topics.
  other = await startTestService('ingestion', service, { database: one.db, kafka: one.kafka });
  [changes, usage] = await Promise.all([
    one.kafka.consume(topics.tenantChanges),
    one.kafka.consume(topics.usageEvents),
  ]);
}, 180_000);

afterAll(async () => {
  await other?.stop();
  await one?.stop();
});

describe('Sources', () => {
  it('are made with a key that is shown once, and listed with what recognises it', async () => {
    const { source, key } = await create();
    expect(source).toMatchObject({ name: 'Web', kind: 'segment', mode: 'live', state: 'active', lastUsedAt: null });
    expect(key.startsWith(source.keyPrefix)).toBe(true);
    const { items } = await ask<{ items: SourceRow[] }>('/api/v1/sources');
    expect(items.map((each) => each.id)).toContain(source.id);
    expect(JSON.stringify(items)).not.toContain(key);
    expect(await track(key)).toBe(200);
    expect(await track(key, {}, other)).toBe(200);
    const [change] = await changes.waitFor<SourceChanged>(1, (each) => each.data.sourceId === source.id);
    expect(change).toMatchObject({
      partitionkey: `acme:source/${source.id}`,
      data: { sourceId: source.id, name: 'Web', kind: 'segment', mode: 'live', state: 'active' },
    });
  });

  it('are made by admins and by the operator, and nobody else; wrong ones are refused', async () => {
    const wanted = { name: 'X', kind: 'segment', mode: 'live' };
    expect((await call('/api/v1/sources', wanted, 'operator', 'fresh')).status).toBe(201);
    expect((await call('/api/v1/sources', wanted, 'viewer')).status).toBe(403);
    expect((await call('/api/v1/sources', { ...wanted, kind: 'telex' })).status).toBe(400);
    expect((await call('/api/v1/sources', { ...wanted, name: 'NUL \0' })).status).toBe(400);
    expect((await call('/api/v1/sources/src_none/revoke', {})).status).toBe(404);
    expect((await call('/api/v1/sources/src_none/rejects')).status).toBe(404);
  });

  it('get a new key while the old one works on', async () => {
    const first = await create();
    const second = await ask<Keyed>(`/api/v1/sources/${first.source.id}/rotate`, {});
    expect(second.key).not.toBe(first.key);
    expect(second.source.keyPrefix).toBe(second.key.slice(0, 9));
    expect([await track(first.key), await track(second.key)]).toEqual([200, 200]);
    const keys = await ask<SourceKeysBody>(`/api/v1/sources/${first.source.id}/keys`);
    expect(keys.items).toMatchObject([
      { prefix: second.key.slice(0, 9), expiresAt: null },
      { prefix: first.key.slice(0, 9), expiresAt: expect.any(String) },
    ]);
    expect(JSON.stringify(keys)).not.toContain(first.key);
    expect((await call('/api/v1/sources/src_none/keys')).status).toBe(404);
  });

  it('stop within five seconds everywhere when they are revoked', async () => {
    const { source, key } = await create();
    expect([await track(key), await track(key, {}, other)]).toEqual([200, 200]);
    await ask(`/api/v1/sources/${source.id}/revoke`, {});
    const revoked = Date.now();
    await eventually(async () => {
      expect([await track(key), await track(key, {}, other)]).toEqual([401, 401]);
    });
    expect(Date.now() - revoked).toBeLessThan(5_000);
    await changes.waitFor<SourceChanged>(1, ({ data }) => data.sourceId === source.id && data.state === 'revoked');
  });

  it('take nothing while they are paused, in every process, and go on when they are resumed', async () => {
    const { source, key } = await create();
    const both = async () => [await track(key), await track(key, {}, other)];
    expect(await both()).toEqual([200, 200]);
    const paused = await ask<{ source: SourceRow }>(`/api/v1/sources/${source.id}/pause`, {});
    expect(paused.source.state).toBe('paused');
    await eventually(async () => expect(await both()).toEqual([403, 403]), { timeoutMs: 5_000 });
    await changes.waitFor<SourceChanged>(1, ({ data }) => data.sourceId === source.id && data.state === 'paused');
    await ask(`/api/v1/sources/${source.id}/resume`, {});
    await eventually(async () => expect(await both()).toEqual([200, 200]), { timeoutMs: 5_000 });
    await ask(`/api/v1/sources/${source.id}/revoke`, {});
    expect((await call(`/api/v1/sources/${source.id}/resume`, {})).status).toBe(409);
    expect((await call(`/api/v1/sources/${source.id}/pause`, {}, 'viewer')).status).toBe(403);
  });

  it('are limited by themselves: one that floods is told when to come again, the others notice nothing', async () => {
    const [flood, calm] = [await create(), await create()];
    const path = `/api/v1/sources/${flood.source.id}/settings`;
    expect(await ask(path)).toEqual({ eventsPerSecond: null, accountProperty: null });
    expect((await change(path, { eventsPerSecond: 0 })).status).toBe(400);
    expect((await change(path, { eventsPerSecond: 10 })).status).toBe(200);
    expect((await change(`/api/v1/sources/src_none/settings`, { eventsPerSecond: 10 })).status).toBe(404);
    const batch = (messages: string) => ({
      writeKey: flood.key,
      batch: Array.from({ length: 50 }, (_, n) => ({ ...event, messageId: `${messages}-${n}` })),
    });
    // Into debt, once: how many a request has is known only when it is read.
    const first = await send('/v1/batch', batch('first'));
    expect([first.status, first.headers.get('ratelimit-limit')]).toEqual([200, '10']);
    const second = await send('/v1/batch', batch('second'));
    expect(second.status).toBe(429);
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(second.headers.get('ratelimit-remaining')).toBe('0');
    expect(await second.json()).toMatchObject({ code: 'limited' });
    expect(await track(flood.key)).toBe(429);
    for (let n = 0; n < 100; n += 1) expect(await track(calm.key)).toBe(200);
    // A share for each process: the other one has a bucket of its own.
    expect(await track(flood.key, {}, other)).toBe(200);
    await change(path, { eventsPerSecond: null });
    await eventually(async () => expect(await track(flood.key)).toBe(200), { timeoutMs: 5_000 });
  });

  it('may name a property that says the account where nothing else does', async () => {
    const { source, key } = await create();
    await change(`/api/v1/sources/${source.id}/settings`, { accountProperty: 'company.id' });
    const properties = { company: { id: 'from-property' } };
    const seen = async (messageId: string, fields: object) => {
      expect(await track(key, { messageId, context: {}, ...fields })).toBe(200);
      return (await usage.waitFor(1, (each) => each.id === messageId))[0]?.subject;
    };
    await eventually(async () => {
      expect(await seen('p-1', { userId: 'property-user', properties })).toBe('from-property');
    });
    await send('/v1/group', {
      writeKey: key,
      userId: 'grouped',
      groupId: 'from-group',
      timestamp: '2026-01-01T00:00:00Z',
    });
    expect(await seen('p-2', { userId: 'grouped', properties })).toBe('from-group');
    expect(await seen('p-3', { userId: 'u', properties, context: { groupId: 'from-context' } })).toBe('from-context');
  });

  it('of mode import carry knownat until they are closed, and take nothing afterwards', async () => {
    const { source, key } = await create({ mode: 'import' });
    const timestamp = '2025-03-01T10:00:00.000Z';
    await track(key, { messageId: 'assumed', timestamp });
    await track(key, { messageId: 'stated', timestamp, context: { groupId: 'a', knownAt: '2025-04-01T00:00:00Z' } });
    const [assumed] = await usage.waitFor(1, (each) => each.id === 'assumed');
    const [stated] = await usage.waitFor(1, (each) => each.id === 'stated');
    expect([assumed?.knownat, stated?.knownat]).toEqual([timestamp, '2025-04-01T00:00:00.000Z']);
    const closed = await ask<{ source: Keyed['source'] }>(`/api/v1/sources/${source.id}/close-import`, {});
    expect(closed.source).toMatchObject({ state: 'closed' });
    const [change] = await changes.waitFor<SourceChanged>(
      1,
      ({ data }) => data.sourceId === source.id && data.state === 'closed',
    );
    expect(change?.data.closedAt).toBe(closed.source.closedAt);
    await eventually(async () => expect(await track(key)).toBe(403));
    expect(await ask(`/api/v1/sources/${source.id}/close-import`, {})).toEqual(closed);
    const live = await create();
    expect((await call(`/api/v1/sources/${live.source.id}/close-import`, {})).status).toBe(409);
  });

  it('of the demo have keys that open nothing where there is no demo', async () => {
    expect([await track('demo-write-key'), await track('demo-import-key')]).toEqual([200, 200]);
    expect([await track('demo-write-key', {}, other), await track('demo-import-key', {}, other)]).toEqual([401, 401]);
  });

  it('do not make another process believe an old membership', async () => {
    const { key } = await create();
    const group = (groupId: string, timestamp: string) =>
      fetch(`${one.url}/v1/group`, {
        method: 'POST',
        body: JSON.stringify({ writeKey: key, userId: 'two-processes', groupId, timestamp }),
      });
    const seen = async (messageId: string) => {
      expect(await track(key, { userId: 'two-processes', messageId, context: {} }, other)).toBe(200);
      return (await usage.waitFor(1, (each) => each.id === messageId))[0]?.subject;
    };
    await group('first', '2026-01-01T00:00:00Z');
    expect(await seen('m-1')).toBe('first');
    await group('second', '2026-01-02T00:00:00Z');
    let attempt = 1;
    await eventually(async () => expect(await seen(`m-${(attempt += 1)}`)).toBe('second'), { timeoutMs: 2_500 });
  });
});
