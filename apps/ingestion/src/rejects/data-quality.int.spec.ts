import {
  type CatalogueBody,
  type CataloguePropertiesBody,
  type HeldBody,
  type LiveBody,
  type RejectsBody,
  type ReplayBody,
  type SourceVolume,
  topics,
  type UsageRecorded,
  type VolumeSeriesBody,
} from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { callerToken, type Collector, eventually, startTestService, type TestService } from '@tenure/testing';

import { LearnNamesHandler } from '../catalogue/learn-names.handler';
import { ExpireHeldHandler } from '../held/expire-held.handler';
import { service } from '../ingestion.service';
import { WatchSourceHandler } from '../live/watch-source.handler';
import { CountVolumeHandler } from '../volume/count-volume.handler';
import { JudgeSourcesHandler } from '../volume/judge-sources.handler';

let one: TestService;
let other: TestService;
let usage: Collector;

const call = async <T>(method: string, path: string, body?: unknown, role: 'admin' | 'viewer' = 'admin') => {
  const authorization = `Bearer ${await callerToken('ingestion', { role, tenant: 'acme' })}`;
  const response = await fetch(one.url + path, {
    method,
    headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as T };
};
const get = async <T>(path: string): Promise<T> => (await call<T>('GET', path)).body;
const post = async <T>(path: string, body: unknown): Promise<T> => (await call<T>('POST', path, body)).body;

async function source(): Promise<{ id: string; send: (batch: object, to?: TestService) => Promise<number> }> {
  const made = await post<{ source: { id: string }; key: string }>('/api/v1/sources', {
    name: 'Web',
    kind: 'segment',
    mode: 'live',
  });
  const authorization = `Basic ${Buffer.from(`${made.key}:`).toString('base64')}`;
  const send = async (body: object, to = one): Promise<number> =>
    (await fetch(`${to.url}/v1/batch`, { method: 'POST', headers: { authorization }, body: JSON.stringify(body) }))
      .status;
  return { id: made.source.id, send };
}

const standing = async (id: string): Promise<SourceVolume> => {
  await Promise.all([one, other].map((each) => each.app.get(CountVolumeHandler).write()));
  const { items } = await get<{ items: SourceVolume[] }>('/api/v1/sources/volume');
  const found = items.find((each) => each.sourceId === id);
  if (!found) throw new Error(`no source ${id}`);
  return found;
};
const sql = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  one.app.get(Database).write(['acme'], (tx) => tx.query<Row>(text, values));
const rejectsOf = (id: string) => get<RejectsBody>(`/api/v1/sources/${id}/rejects`);
const track = (messageId: string, fields: object = {}) => ({
  type: 'track',
  event: 'Report Exported',
  userId: 'u-1',
  messageId,
  context: { groupId: 'a-1' },
  ...fields,
});

beforeAll(async () => {
  const env = { CATALOGUE_NAMES: '300', LIVE_ITEMS_PER_SECOND: '10' };
  one = await startTestService('ingestion', service, { env });
  // A second process of the same service, on the same database and topics.
  other = await startTestService('ingestion', service, { env, database: one.db, kafka: one.kafka });
  usage = await one.kafka.consume(topics.usageEvents);
}, 180_000);

afterAll(async () => {
  await other?.stop();
  await one?.stop();
});

describe('What was refused', () => {
  it('is grouped by reason and place, and a replay takes it the way it came once its cause is gone', async () => {
    const { id, send } = await source();
    const timestamp = new Date(Date.now() - 3_600_000).toISOString();
    // No account in the calls: it stands in the batch's context, which a replay needs again.
    const calls = [
      track('fine', { context: {} }),
      track('no-name', { event: undefined, context: {}, timestamp }),
      track('also', { event: 7, context: {}, timestamp }),
      { type: 'alias', userId: 'u-1' },
    ];
    expect(await send({ batch: calls, context: { groupId: 'a-9' } })).toBe(200);
    const before = await eventually(async () => {
      const found = await rejectsOf(id);
      expect(found.items).toHaveLength(3);
      return found;
    });
    expect(before.groups).toMatchObject([
      { code: 'missing-field', pointer: '/event', count: 2, detail: 'A track call needs an event name.' },
      { code: 'missing-field', pointer: '/previousId', count: 1 },
    ]);
    expect(before.groups[0]?.firstAt).toBe(before.groups[0]?.lastAt);
    expect(await standing(id)).toMatchObject({ sent: 4, accepted: 1, held: 0, rejected: 3 });

    // Nothing was repaired: everything is refused again, and nothing is lost by that.
    const again = await post<ReplayBody>(`/api/v1/sources/${id}/rejects/replay`, {});
    expect(again).toMatchObject({ accepted: 0, held: 0, remaining: 0 });
    expect(again.rejected.map((each) => each.code)).toEqual(Array(3).fill('missing-field'));
    expect((await rejectsOf(id)).items).toHaveLength(3);

    // The cause goes away: as if the mapping took the name from somewhere else now.
    await sql(
      `update rejected_events set body = jsonb_set(body, '{event}', '"Repaired"') where source_id = $1 and pointer = '/event'`,
      [id],
    );
    const only = { code: 'missing-field', pointer: '/event' };
    const replayed = await Promise.all(
      [1, 2].map(() => post<ReplayBody>(`/api/v1/sources/${id}/rejects/replay`, only)),
    );
    expect(replayed.reduce((sum, each) => sum + each.accepted, 0)).toBe(2);
    const [event] = await usage.waitFor<UsageRecorded>(1, (each) => each.id === 'no-name');
    expect(event).toMatchObject({
      subject: 'a-9',
      source: `/sources/${id}`,
      data: { event: 'Repaired', userId: 'u-1' },
    });
    expect(Date.parse(event?.time ?? '')).toBe(Date.parse(timestamp));
    expect(await standing(id)).toMatchObject({ sent: 4, accepted: 3, held: 0, rejected: 1 });
    expect((await rejectsOf(id)).groups).toMatchObject([{ pointer: '/previousId', count: 1 }]);
    expect(await post(`/api/v1/sources/${id}/rejects/replay`, only)).toMatchObject({ accepted: 0, remaining: 0 });
  });

  it('is replayed in portions, each item once in a run', async () => {
    const { id, send } = await source();
    await send({ batch: Array.from({ length: 450 }, (_, n) => track(`p-${n}`, { event: undefined })) });
    await eventually(async () => expect((await rejectsOf(id)).groups[0]?.count).toBe(450));
    const path = `/api/v1/sources/${id}/rejects/replay`;
    const first = await post<ReplayBody>(path, {});
    expect([first.rejected.length, first.remaining]).toEqual([200, 250]);
    const second = await post<ReplayBody>(path, { since: first.since });
    const third = await post<ReplayBody>(path, { since: first.since });
    expect([second.remaining, third.rejected.length, third.remaining]).toEqual([50, 50, 0]);
    expect((await call('POST', path, {}, 'viewer')).status).toBe(403);
    expect((await call('POST', '/api/v1/sources/src_none/rejects/replay', {})).status).toBe(404);
  });

  it('because its account stayed unknown for too long is held again by a replay', async () => {
    const { id, send } = await source();
    await send({ batch: [track('waits', { context: {}, userId: 'nobody-knows' })] });
    const held = () => get<HeldBody>('/api/v1/held');
    const isHeld = async () =>
      expect((await held()).items.map((each) => each.reference)).toContainEqual({ userId: 'nobody-knows' });
    await eventually(isHeld);
    await sql(`update held_events set received_at = now() - interval '40 days'`);
    expect(await one.app.get(ExpireHeldHandler).expire('acme')).toBeGreaterThan(0);
    await eventually(async () => expect((await rejectsOf(id)).groups).toMatchObject([{ code: 'account-unknown' }]));
    expect(await post(`/api/v1/sources/${id}/rejects/replay`, {})).toMatchObject({ accepted: 0, held: 1 });
    await eventually(isHeld);
    await post('/api/v1/held/match', { reference: { userId: 'nobody-knows' }, accountId: 'a-7' });
    const [event] = await usage.waitFor<UsageRecorded>(1, (each) => each.id === 'waits');
    expect(event).toMatchObject({ subject: 'a-7', source: `/sources/${id}`, data: { event: 'Report Exported' } });
  });
});

describe('Who watches a source', () => {
  it('sees what every process was sent, as it came and as it was mapped, and only what was asked for', async () => {
    const { id, send } = await source();
    await send({ batch: [track('before')] });
    expect((await call('POST', `/api/v1/sources/${id}/watch`, { account: 'a-1' })).status).toBe(200);
    const live = (filter = '') => get<LiveBody>(`/api/v1/sources/${id}/live?limit=10${filter}`);
    await eventually(async () => {
      const calls = [track('m', { writeKey: 'twk_secret' }), track('not-mine', { context: { groupId: 'a-2' } })];
      await send({ batch: calls }, other);
      const { items } = await live();
      expect(items.length).toBeGreaterThan(0);
    });
    const { items } = await live();
    expect(new Set(items.map((each) => each.accountId))).toEqual(new Set(['a-1']));
    expect(items[0]).toMatchObject({
      way: 'segment',
      outcome: 'accepted',
      type: 'tenure.usage.recorded.v1',
      userId: 'u-1',
      raw: { messageId: 'm', writeKey: '•••' },
      mapped: [{ id: 'm', subject: 'a-1', data: { event: 'Report Exported' } }],
    });
    expect((await live('&user=u-2')).items).toEqual([]);
    expect((await live('&type=usage')).items.length).toBeGreaterThan(0);
  });

  it('costs only so many rows a second, and is told what was left out', async () => {
    const { id, send } = await source();
    await post(`/api/v1/sources/${id}/watch`, {});
    await eventually(async () => {
      await send({ batch: Array.from({ length: 100 }, (_, n) => track(`flood-${n}`)) });
      await send({ batch: [track('after')] });
      const { items, skipped } = await get<LiveBody>(`/api/v1/sources/${id}/live`);
      expect(items.length).toBeGreaterThan(0);
      expect(skipped).toBeGreaterThanOrEqual(80);
    });
    expect((await call('POST', `/api/v1/sources/${id}/watch`, {}, 'viewer')).status).toBe(403);
    expect((await call('POST', '/api/v1/sources/src_none/watch', {})).status).toBe(404);
    const other21 = await Promise.all(
      Array.from({ length: 21 }, (_, n) => call('POST', `/api/v1/sources/${id}/watch`, { user: `u-${n}` })),
    );
    expect(other21.map((each) => each.status)).toContain(429);
  });
});

describe('What was kept for who watches', () => {
  it('is gone ten minutes after the last watch', async () => {
    const kept = () => sql('select 1 as one from live_items');
    expect((await kept()).length).toBeGreaterThan(0);
    await sql(`update live_items set at = at - interval '20 minutes'`);
    await one.app.get(WatchSourceHandler).forgetOld();
    expect((await kept()).length).toBeGreaterThan(0);
    await one.app
      .get(Database)
      .system((tx) => tx.query(`update system.watches set until = until - interval '20 minutes'`));
    await one.app.get(WatchSourceHandler).forgetOld();
    expect(await kept()).toEqual([]);
  });
});

describe('The volume of a source', () => {
  it('is counted by the hour over all processes, and judged', async () => {
    const { id, send } = await source();
    expect(await standing(id)).toMatchObject({ status: 'no-data', lastEventAt: null, sent: 0 });
    await send({ batch: [track('v-1'), track('v-2', { event: undefined })] });
    await send({ batch: [track('v-3', { context: {}, userId: 'unknown-one' })] }, other);
    expect(await standing(id)).toMatchObject({ sent: 3, accepted: 1, held: 1, rejected: 1 });
    await one.app.get(JudgeSourcesHandler).judge('acme');
    const found = await standing(id);
    expect(found).toMatchObject({ status: 'learning', days: [{ events: 2, rejected: 1 }] });
    expect(found.types).toMatchObject([{ type: 'tenure.usage.recorded.v1' }]);
    const series = await get<VolumeSeriesBody>(`/api/v1/sources/${id}/volume?hours=3`);
    expect(series.items).toHaveLength(3);
    expect(series.items.reduce((sum, each) => sum + each.accepted + each.held + each.rejected, 0)).toBe(3);
    expect((await call('GET', '/api/v1/sources/src_none/volume')).status).toBe(404);
  });

  it('that stops is found silent, with the time of its last event', async () => {
    const { id } = await source();
    await sql(
      `insert into source_volume (tenant_id, source_id, hour, accepted, last_at)
       select 'acme', $1, h, 100, h + interval '30 minutes'
       from generate_series(date_trunc('hour', now()) - interval '21 days', date_trunc('hour', now()) - interval '5 hours',
         interval '1 hour') as h`,
      [id],
    );
    await one.app.get(JudgeSourcesHandler).judge('acme');
    const found = await standing(id);
    expect(found).toMatchObject({ status: 'silent', since: found.lastEventAt });
    expect(found.detail).toContain('at least');
    const { items } = await get<VolumeSeriesBody>(`/api/v1/sources/${id}/volume`);
    expect(items.at(-1)?.usual).toEqual({ low: 50, high: 200 });
  });
});

describe('The event catalogue', () => {
  const write = () => Promise.all([one, other].map((each) => each.app.get(LearnNamesHandler).write()));
  const names = (query = '') => get<CatalogueBody>(`/api/v1/catalogue?limit=200${query}`);

  it('learns names with volume and properties from every process, and shows a type that changes', async () => {
    const { send } = await source();
    const searched = (rows: unknown, n: number) =>
      track(`c-${n}-${String(rows)}`, { event: 'Searched', properties: { rows } });
    await send({ batch: [searched(12, 1), searched(12, 2), searched(null, 3)] });
    await send({ batch: [searched('12', 4)] }, other);
    await write();
    const { items } = await names('&search=search');
    expect(items).toMatchObject([{ name: 'Searched', total: 4, properties: 1, drifting: ['rows'], hidden: false }]);
    expect(items[0]?.days).toMatchObject([{ events: 4 }]);
    const properties = await get<CataloguePropertiesBody>('/api/v1/catalogue/properties?name=Searched');
    expect(properties).toMatchObject({ other: 0, items: [{ property: 'rows', drifting: true }] });
    expect(properties.items[0]?.types.map((each) => each.type).sort()).toEqual(['null', 'number', 'string']);
    expect((await call('GET', '/api/v1/catalogue/properties?name=Nothing')).status).toBe(404);
  });

  it('hides noise and brings it back', async () => {
    expect((await call('POST', '/api/v1/catalogue/hide', { names: ['Searched'], hidden: true }, 'viewer')).status).toBe(
      403,
    );
    expect(await post('/api/v1/catalogue/hide', { names: ['Searched', 'Nothing'], hidden: true })).toEqual({
      changed: 1,
    });
    expect((await names('&search=search')).items).toEqual([]);
    expect((await names('&search=search&hidden=only')).items).toMatchObject([{ name: 'Searched', hidden: true }]);
    await post('/api/v1/catalogue/hide', { names: ['Searched'], hidden: false });
    expect((await names('&search=search')).items).toHaveLength(1);
  });

  it('is not blown up by a client that invents 25,000 names: they are one line, known names are counted on', async () => {
    const { send } = await source();
    const before = (await names('&search=report')).items[0]?.total ?? 0;
    for (let batch = 0; batch < 5; batch += 1) {
      const calls = Array.from({ length: 5_000 }, (_, n) => ({
        type: 'track',
        userId: 'u',
        groupId: 'a-1',
        event: n % 500 === 0 ? 'Report Exported' : `invented-${batch}-${n}`,
      }));
      expect(await send({ batch: calls }, batch % 2 === 0 ? one : other)).toBe(200);
      if (batch % 2 === 0) await write();
    }
    const { total, capacity, other: rest } = await names();
    expect([total, capacity]).toEqual([300, 300]);
    expect((await names('&search=report')).items).toMatchObject([{ name: 'Report Exported', total: before + 50 }]);
    const [sum] = await sql<{ n: string }>(`select sum(total) as n from catalogue_names where name like 'invented-%'`);
    expect(Number(sum?.n) + rest).toBe(24_950);
  }, 120_000);
});
