import { gzipSync } from 'node:zlib';

import { topics, type UsageRecorded } from '@tenure/contracts';
import { callerToken, type Collector, eventually, startTestService, type TestService } from '@tenure/testing';
import { PostHog } from 'posthog-node';

import { service } from '../ingestion.service';

let ingestion: TestService;
let usage: Collector;
let accounts: Collector;
let key: string;
let sourceId: string;

const admin = async <T>(path: string, body?: object): Promise<T> => {
  const authorization = `Bearer ${await callerToken('ingestion')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
  return (await (await fetch(ingestion.url + path, init)).json()) as T;
};
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(ingestion.url + path, {
    method: 'POST',
    headers,
    body: (Buffer.isBuffer(body) ? body : JSON.stringify(body)) as string,
  });

beforeAll(async () => {
  ingestion = await startTestService('ingestion', service);
  [usage, accounts] = await Promise.all([
    ingestion.kafka.consume(topics.usageEvents),
    ingestion.kafka.consume(topics.accountChanges),
  ]);
  const made = await admin<{ key: string; source: { id: string } }>('/api/v1/sources', {
    name: 'Product',
    kind: 'posthog',
    mode: 'live',
  });
  key = made.key;
  sourceId = made.source.id;
}, 180_000);

afterAll(() => ingestion?.stop());

describe('PostHog capture', () => {
  it('comes from the published SDK with nothing changed but its host', async () => {
    const posthog = new PostHog(key, { host: ingestion.url, flushAt: 20 });
    const errors: unknown[] = [];
    posthog.on('error', (error) => errors.push(error));
    posthog.groupIdentify({ groupType: 'company', groupKey: 'sdk-company', properties: { name: 'SDK Ltd' } });
    posthog.identify({ distinctId: 'sdk-user', properties: { $set: { email: 'sdk@sdk.example' } } });
    posthog.alias({ distinctId: 'sdk-user', alias: 'sdk-before' });
    posthog.capture({ distinctId: 'sdk-user', event: 'report exported', groups: { company: 'sdk-company' } });
    posthog.capture({ distinctId: 'sdk-user', event: 'without a group' });
    expect((await posthog.evaluateFlags('sdk-user')).isEnabled('anything')).toBeFalsy();
    await posthog.shutdown(10_000);
    expect(errors).toEqual([]);
    const [exported] = await usage.waitFor<UsageRecorded>(1, (each) => each.data.event === 'report exported');
    expect(exported).toMatchObject({ subject: 'sdk-company', data: { userId: 'sdk-user' } });
    expect(exported).toHaveProperty('senttime');
    const [account] = await accounts.waitFor<{ name: string }>(1, (each) => each.subject === 'sdk-company');
    expect(account?.data.name).toBe('SDK Ltd');
    const held = async () => (await admin<{ items: { reference: { userId?: string } }[] }>('/api/v1/held')).items;
    await eventually(async () =>
      expect(await held()).toContainEqual(expect.objectContaining({ reference: { userId: 'sdk-user' } })),
    );
  });

  it.each(['/i/v0/e/', '/i/v0/e', '/e/', '/capture/', '/batch/'])('is taken at %s', async (path) => {
    const event = { event: `at ${path}`, distinct_id: 'u', properties: { $groups: { company: 'c' } } };
    const body =
      path === '/batch/' ? { api_key: key, historical_migration: true, batch: [event] } : { api_key: key, ...event };
    const answer = await post(path, body);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'Ok' }]);
    await usage.waitFor<UsageRecorded>(1, (each) => each.data.event === event.event);
  });

  it('is taken with gzip, by header or by query', async () => {
    const packed = (event: string) =>
      gzipSync(JSON.stringify({ api_key: key, event, distinct_id: 'u', properties: { $groups: { company: 'c' } } }));
    expect((await post('/e/', packed('by header'), { 'content-encoding': 'gzip' })).status).toBe(200);
    expect((await post('/e/?compression=gzip-js', packed('by query'))).status).toBe(200);
    await usage.waitFor<UsageRecorded>(2, (each) => each.data.event.startsWith('by '));
  });

  it('is refused where it is wrong, and what is wrong in a batch is kept', async () => {
    const wrongKey = await post('/batch/', { api_key: 'phc_none', batch: [] });
    expect(wrongKey.status).toBe(401);
    expect((await post('/batch/', [])).status).toBe(401);
    const single = await post('/i/v0/e/', { api_key: key, event: 'e' });
    expect([single.status, await single.json()]).toEqual([400, expect.objectContaining({ pointer: '/distinct_id' })]);
    const large = Array.from({ length: 20_000 }, () => ({ event: 'e', distinct_id: 'u' }));
    expect((await post('/batch/', { api_key: key, batch: large })).status).toBe(413);
    const mixed = [
      { event: 'fine', distinct_id: 'u', properties: { $groups: { company: 'c' } } },
      { distinct_id: 'u' },
      7,
    ];
    expect((await post('/batch/', { api_key: key, batch: mixed })).status).toBe(200);
    await usage.waitFor<UsageRecorded>(1, (each) => each.data.event === 'fine');
    await eventually(async () => {
      const { items } = await admin<{ items: { pointer: string; body: unknown }[] }>(
        `/api/v1/sources/${sourceId}/rejects`,
      );
      expect(items).toHaveLength(3);
      expect(items).toContainEqual(expect.objectContaining({ pointer: '/event', body: { distinct_id: 'u' } }));
      expect(JSON.stringify(items)).not.toContain(key);
    });
  });
});
