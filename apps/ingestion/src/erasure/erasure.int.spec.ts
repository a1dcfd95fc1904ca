import { randomUUID } from 'node:crypto';

import { topics, type UsageRecorded } from '@tenure/contracts';
import { Database } from '@tenure/platform';
import { callerToken, type Collector, eventually, startTestService, type TestService } from '@tenure/testing';

import { service } from '../ingestion.service';
import type { Erasure } from './erasures.read-model';

let ingestion: TestService;
let usage: Collector;
let key: string;

const api = async <T>(method: string, path: string, body?: object) => {
  const authorization = `Bearer ${await callerToken('ingestion')}`;
  const response = await fetch(ingestion.url + path, {
    method,
    headers: { authorization, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: (await response.json()) as T };
};
const call = (path: string, body: object) =>
  fetch(`${ingestion.url}/v1/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ messageId: randomUUID(), ...body }),
  });
const everything = (): Promise<string> =>
  ingestion.app.get(Database).read(['acme'], async (tx) => {
    const tables = await tx.query<{ name: string }>(
      `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname in ('public', 'system') and has_table_privilege(c.oid, 'select')`,
    );
    const lines: string[] = [];
    for (const { name } of tables) {
      const rows = await tx.query<{ row: string }>(`select t::text as row from ${name} t`);
      lines.push(...rows.map(({ row }) => `${name}: ${row}`.replaceAll('\n', ' ')));
    }
    return lines.join('\n').toLowerCase();
  });

beforeAll(async () => {
  ingestion = await startTestService('ingestion', service);
  usage = await ingestion.kafka.consume(topics.usageEvents);
  const made = await api<{ key: string }>('POST', '/api/v1/sources', { name: 'App', kind: 'segment', mode: 'live' });
  key = made.body.key;
}, 180_000);

afterAll(() => ingestion?.stop());

describe('An erasure of a person', () => {
  const wait = (id: string) =>
    eventually(async () => {
      const { body } = await api<Erasure>('GET', `/api/v1/erasures/${id}`);
      expect(body.services.find((each) => each.service === 'ingestion')).toMatchObject({ state: 'done' });
      return body;
    });

  it('leaves nothing of them in any table, and what comes again about them has no name', async () => {
    await call('group', { userId: 'usr-jane-77', groupId: 'acme', traits: { name: 'Acme' } });
    await call('identify', {
      userId: 'usr-jane-77',
      anonymousId: 'anon-4711',
      traits: { email: 'Jane.Doe@acme.example', name: 'Jane Doe' },
    });
    await call('group', { userId: 'usr-bob', groupId: 'acme' });
    await call('track', { userId: 'usr-jane-77' });
    await call('track', { userId: 'usr-nobody', event: 'x', properties: { note: 'asked by jane.doe@acme.example' } });
    await eventually(async () => expect(await everything()).toMatch(/rejected_events.*usr-jane-77/));
    await eventually(async () => expect(await everything()).toMatch(/held_events.*jane\.doe@/));
    const { status, body } = await api<Erasure>('POST', '/api/v1/erasures', {
      kind: 'person',
      userIds: ['usr-jane-77'],
      emails: ['jane.doe@acme.example'],
      names: ['Jane Doe'],
      reason: 'asked on 4 May',
    });
    expect([status, body]).toMatchObject([202, { state: 'running', kind: 'person', identifiers: 4 }]);
    const done = await wait(body.id);
    expect(done.services.find((each) => each.service === 'ingestion')?.rows).toBeGreaterThan(3);
    const left = await everything();
    for (const text of ['usr-jane-77', 'jane.doe', 'jane doe', 'anon-4711']) {
      expect(left.split('\n').filter((line) => line.includes(text))).toEqual([]);
    }
    expect(left).toContain('usr-bob');

    await call('group', { userId: 'usr-jane-77', groupId: 'acme' });
    await call('track', { userId: 'usr-jane-77', event: 'Came Back' });
    const [event] = await usage.waitFor<UsageRecorded>(1, (each) => each.data.event === 'Came Back');
    expect(event).toMatchObject({ subject: 'acme', data: { userId: `erased-${body.id.slice(0, 13)}` } });
    expect(await everything()).not.toContain('usr-jane-77');
  });

  it.each([
    [{ kind: 'person' }, 'Say who'],
    [{ kind: 'person', names: ['Jane'] }, 'two words'],
    [{ kind: 'person', otherIds: ['12'] }, 'at least 6'],
    [{ kind: 'account' }, 'accountId'],
  ])('%j is refused', async (asked, words) => {
    const { status, body } = await api('POST', '/api/v1/erasures', asked);
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(words)]);
  });

  it('of nobody is not found', async () => {
    expect((await api('GET', '/api/v1/erasures/nothing')).status).toBe(404);
  });
});
