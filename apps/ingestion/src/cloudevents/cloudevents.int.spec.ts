import { type ReceiptBody, type TicketChanged, topics } from '@tenure/contracts';
import { Database } from '@tenure/platform';
import {
  build,
  callerToken,
  type Collector,
  eventually,
  FixedClock,
  startTestService,
  type TestService,
} from '@tenure/testing';
import { CloudEvent, HTTP } from 'cloudevents';

import { ExpireHeldHandler } from '../held/expire-held.handler';
import { service } from '../ingestion.service';

let ingestion: TestService;
let tickets: Collector;
let rejected: Collector;
let clock: FixedClock;
let key: string;

const ticket = { ticketId: 't1', change: 'opened', status: 'new', priority: 'high' };
let next = 0;
const event = (data: object, fields: object = {}) => ({
  specversion: '1.0',
  id: `e-${(next += 1)}`,
  source: 'support/desk',
  type: 'tenure.ticket.changed.v1',
  time: '2026-05-03T11:00:00.000Z',
  data: { ...ticket, ...data },
  ...fields,
});

const send = (body: unknown, type: string, headers: Record<string, string> = {}) =>
  fetch(`${ingestion.url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': type, authorization: `Bearer ${key}`, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const sendBatch = async (...events: unknown[]) => {
  const response = await send(events, 'application/cloudevents-batch+json');
  expect(response.status).toBe(202);
  return (await response.json()) as ReceiptBody;
};
const structured = 'application/cloudevents+json';
const ticketOf = (id: string) => tickets.waitFor<TicketChanged>(1, (each) => each.id === id);

const admin = async <T>(path: string, body?: unknown): Promise<T> => {
  const headers = {
    authorization: `Bearer ${await callerToken('ingestion')}`,
    'content-type': 'application/json',
  };
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(ingestion.url + path, init);
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as T;
};

interface HeldItem {
  id: string;
  count: number;
  reference: object;
  suggestions: { accountId: string; why: string }[];
}
const heldOf = (reference: object) =>
  eventually(async () => {
    const { items } = await admin<{ items: HeldItem[] }>('/api/v1/held');
    const item = items.find((each) => JSON.stringify(each.reference) === JSON.stringify(reference));
    if (!item) throw new Error(`Not listed: ${JSON.stringify(items)}`);
    return item;
  });

beforeAll(async () => {
  clock = new FixedClock('2026-05-03T12:00:00Z');
  ingestion = await startTestService('ingestion', service, { clock });
  tickets = await ingestion.kafka.consume(topics.ticketEvents);
  rejected = await ingestion.kafka.consume(topics.rejectedEvents);
  const made = await admin<{ key: string }>('/api/v1/sources', { name: 'Desk', kind: 'cloudevents', mode: 'live' });
  key = made.key;
}, 180_000);

afterAll(() => ingestion?.stop());

describe('CloudEvents', () => {
  it('are taken structured; tenant and time of receipt are ours', async () => {
    const sent = event({ accountId: 'a1' }, { tenantid: 'other', receivedat: '2020-01-01T00:00:00Z', sequence: '7' });
    const response = await send(sent, structured);
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ accepted: 1, held: 0, rejected: [] });
    const [got] = await ticketOf(sent.id);
    expect(got).toMatchObject({
      source: 'support/desk',
      subject: 'a1',
      tenantid: 'acme',
      partitionkey: 'acme:a1',
      time: sent.time,
      receivedat: '2026-05-03T12:00:00.000Z',
      sequence: '7',
    });
  });

  it('are taken binary, as the CloudEvents SDK writes them', async () => {
    const sent = event({ accountId: 'a1' });
    const { headers, body } = HTTP.binary(new CloudEvent(sent));
    const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    expect((await send(String(body), 'application/json', plain)).status).toBe(202);
    await ticketOf(sent.id);
  });

  it('are taken in batches, always with 202 and a receipt that adds up', async () => {
    const [good, waiting, bad] = [
      event({ accountId: 'a1' }),
      event({ accountRef: { system: 'crm', id: 'nobody' } }),
      event({ accountId: 'a1', priority: 'huge' }),
    ];
    const receipt = await sendBatch(good, waiting, bad, 'nonsense');
    expect(receipt).toMatchObject({
      accepted: 1,
      held: 1,
      rejected: [
        { index: 2, id: bad.id, code: 'wrong-value', pointer: '/data/priority' },
        { index: 3, id: null, code: 'wrong-type', pointer: '' },
      ],
    });
    await ticketOf(good.id);
    expect(await sendBatch()).toEqual({ accepted: 0, held: 0, rejected: [] });
  });

  it('are too many where a batch has more than 10,000, however small', async () => {
    const many = `[${'0,'.repeat(10_000)}0]`;
    expect((await send(many, 'application/cloudevents-batch+json')).status).toBe(413);
  });

  it('are answered with 400 and a pointer where a single one is bad', async () => {
    const response = await send(event({ accountId: 'a1', status: 'dancing' }), structured);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ pointer: '/data/status' });
    expect((await send('{', structured)).status).toBe(400);
    expect((await send({}, 'application/json')).status).toBe(415);
    expect((await send(event({ accountId: 'a' }), structured, { authorization: 'Bearer wrong' })).status).toBe(401);
  });

  it('find their account by what account.changed stated, also what was held before', async () => {
    const early = event({ accountRef: { system: 'salesforce', id: '0015g00000XyZ12' } });
    expect(await sendBatch(early)).toMatchObject({ held: 1 });
    await heldOf({ accountRef: { system: 'salesforce', id: '0015g00000XyZ12' } });
    const account = event({}, { type: 'tenure.account.changed.v1' });
    account.data = {
      accountId: 'sf-1',
      name: 'Sales Force One',
      externalIds: { salesforce: '0015g00000XyZ12AAB' },
      domains: ['sf1.com'],
    } as never;
    expect(await sendBatch(account)).toMatchObject({ accepted: 1 });
    const [released] = await ticketOf(early.id);
    expect(released).toMatchObject({ subject: 'sf-1', time: early.time, source: early.source });
    const [byRef, byDomain] = [
      event({ accountRef: { system: 'Salesforce', id: '0015g00000XyZ12AAB' } }),
      event({ accountDomain: 'sf1.com' }),
    ];
    expect(await sendBatch(byRef, byDomain)).toMatchObject({ accepted: 2, held: 0 });
  });

  it('find their account by what a direct producer wrote to the topic', async () => {
    const held = event({ accountDomain: 'direct.io' });
    expect(await sendBatch(held)).toMatchObject({ held: 1 });
    await ingestion.kafka.produce(build.user({ userId: 'u-direct', email: 'jo@direct.io' }, { account: 'direct' }));
    expect((await ticketOf(held.id))[0]).toMatchObject({ subject: 'direct' });
  });

  it('that are held go on with their own time and id once a person matched them', async () => {
    const account = event({}, { type: 'tenure.account.changed.v1' });
    account.data = { accountId: 'umbrella', name: 'Umbrella Inc.' } as never;
    await sendBatch(account);
    const waiting = event({ accountDomain: 'umbrella.com' });
    expect(await sendBatch(waiting)).toMatchObject({ held: 1 });
    await eventually(async () => {
      const item = await heldOf({ accountDomain: 'umbrella.com' });
      expect(item).toMatchObject({
        count: 1,
        suggestions: [{ accountId: 'umbrella', why: 'is called Umbrella Inc.' }],
      });
    });
    const answer = await admin('/api/v1/held/match', {
      reference: { accountDomain: 'umbrella.com' },
      accountId: 'umbrella',
    });
    expect(answer).toEqual({ applied: 1 });
    expect((await ticketOf(waiting.id))[0]).toMatchObject({ subject: 'umbrella', time: waiting.time });
    expect(await sendBatch(event({ accountDomain: 'umbrella.com' }))).toMatchObject({ accepted: 1 });
  });

  it('that were held follow a merge of accounts', async () => {
    const account = event({}, { type: 'tenure.account.changed.v1' });
    account.data = { accountId: 'small', externalIds: { crm: 'small-1' } } as never;
    const merge = event({}, { type: 'tenure.account.merged.v1' });
    merge.data = { accountId: 'small', intoId: 'big' } as never;
    await sendBatch(account, merge);
    await eventually(async () => {
      const late = event({ accountRef: { system: 'crm', id: 'small-1' } });
      expect(await sendBatch(late)).toMatchObject({ accepted: 1 });
      expect((await ticketOf(late.id))[0]?.subject).toBe('big');
    });
  });

  it('that nobody matched are rejected after 35 days, never dropped', async () => {
    const waiting = event({ accountRef: { system: 'crm', id: 'never' } });
    await sendBatch(waiting);
    await heldOf({ accountRef: { system: 'crm', id: 'never' } });
    clock.set(new Date('2026-06-08T12:00:00Z'));
    await ingestion.app.get(ExpireHeldHandler).expire('acme');
    await rejected.waitFor(1, (each) => (each.data as { id?: string }).id === waiting.id);
    const { items } = await admin<{ items: HeldItem[] }>('/api/v1/held');
    expect(items).toEqual([]);
  });

  it('of one tenant are nothing to another', async () => {
    const database = ingestion.app.get(Database);
    const seen = await database.read(['globex'], (tx) => tx.query('select 1 from account_names'));
    expect(seen).toEqual([]);
    const foreign = await callerToken('ingestion', { tenant: 'globex' });
    const response = await fetch(`${ingestion.url}/api/v1/sources`, {
      headers: { authorization: `Bearer ${foreign}` },
    });
    expect(await response.json()).toMatchObject({ items: [] });
  });
});
