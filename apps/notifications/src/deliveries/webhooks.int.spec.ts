import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { riskAlertEvents, type AlertChange, type Envelope, type RiskAlert } from '@tenure/contracts';
import {
  build,
  buildEnvelope,
  callerToken,
  eventually,
  FixedClock,
  startTestService,
  type TestService,
} from '@tenure/testing';
import { Client } from 'pg';
import { Webhook } from 'standardwebhooks';
import { service as definition } from '../notifications.service';
import { schedule } from './schedule.domain';

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Answer = (response: ServerResponse, received: Received, count: number) => void;

const example = JSON.parse(
  readFileSync(resolve(__dirname, '../../../../libs/contracts/examples/tenure.risk-alert.opened.v1.json'), 'utf8'),
) as Envelope<RiskAlert>;

const clock = new FixedClock(new Date());
const received: Received[] = [];
const answers = new Map<string, Answer>();
const answer =
  (status: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, headers).end('ok');

const env = { TENURE_ALLOW_PRIVATE_DESTINATIONS: '1', DELIVERY_TIMEOUT_MS: '2000', DELIVERY_LEASE_MS: '5000' };

let alerts = 0;
let server: Server;
let receiver: string;
let service: TestService;

/** A change of an alert as health publishes it. */
function alertEvent(change: AlertChange, data: Partial<RiskAlert> = {}, fields: { tenant?: string; id?: string } = {}) {
  const alertId = data.alertId ?? `alert-${++alerts}`;
  const version = data.version ?? 1;
  const account = data.accountId ?? `account-${alerts}`;
  return buildEnvelope(
    riskAlertEvents[change],
    { ...example.data, ...data, alertId, version, change },
    { id: `${alertId}.${version}`, account, time: new Date().toISOString(), source: '/services/health', ...fields },
  );
}

async function call(method: string, path: string, body?: object, caller: object = {}) {
  const reply = await fetch(`${service.url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await callerToken('notifications', caller)}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  return { status: reply.status, body: text ? JSON.parse(text) : undefined };
}

async function webhook(path: string, how: Answer = answer(200), more: object = {}, caller: object = {}) {
  answers.set(path, how);
  const made = await call(
    'POST',
    '/destinations',
    { name: path, kind: 'webhook', url: receiver + path, ...more },
    caller,
  );
  expect(made.status).toBe(201);
  return made.body as { id: string; secret: string };
}

const at = (path: string): Received[] => received.filter((each) => each.path === path);

const arrived = (path: string, count: number): Promise<Received[]> =>
  eventually(
    () => {
      expect(at(path)).toHaveLength(count);
      return at(path);
    },
    { timeoutMs: 20_000 },
  );

async function logOf(id: string, caller: object = {}) {
  return (await call('GET', `/deliveries?destinationId=${id}`, undefined, caller)).body.items;
}

/** An attempt has arrived before it is recorded, and the wait for the next one counts from the record. */
const attempted = (id: string, count: number): Promise<void> =>
  eventually(async () => expect((await logOf(id))[0].attempts).toHaveLength(count), { timeoutMs: 15_000 });

const signed = ({ headers }: Received) => headers as Record<string, string>;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(one);
      (answers.get(one.path) ?? answer(404))(response, one, at(one.path).length);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  receiver = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  service = await startTestService('notifications', definition, { clock, env });
});

afterAll(async () => {
  await service.stop();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

// Every destination of a test is removed after it, so that the next test's alerts reach only its own.
afterEach(async () => {
  clock.set(new Date());
  for (const caller of [{}, { tenant: 'globex' }]) {
    const { body } = await call('GET', '/destinations', undefined, caller);
    for (const { id } of body.items) await call('DELETE', `/destinations/${id}`, undefined, caller);
  }
});

describe('a webhook', () => {
  it('brings the alert of the topic, signed as the library verifies it', async () => {
    const { secret } = await webhook('/signed');
    const event = alertEvent('opened');
    await service.kafka.produce(event);
    const [one] = await arrived('/signed', 1);
    expect(new Webhook(secret).verify(one!.body, signed(one!))).toEqual({
      type: 'tenure.risk-alert.opened.v1',
      timestamp: event.time,
      data: event.data,
    });
    expect(one!.body).toBe(JSON.stringify({ type: event.type, timestamp: event.time, data: event.data }));
    expect(one!.headers['webhook-id']).toBe(event.id);
    expect(() => new Webhook(secret).verify(one!.body.replace('high', 'low'), signed(one!))).toThrow(
      'No matching signature found',
    );
  });

  it('comes again after failures, with the same id, and is logged without secrets', async () => {
    const heals: Answer = (response, one, count) => answer(count < 3 ? 500 : 204)(response, one, count);
    const { id, secret } = await webhook('/heals', heals);
    await service.kafka.produce(alertEvent('opened'));
    await arrived('/heals', 1);
    await attempted(id, 1);
    clock.advance(5_300);
    await arrived('/heals', 2);
    await attempted(id, 2);
    clock.advance(316_000);
    const three = await arrived('/heals', 3);
    expect(new Set(three.map((one) => one.headers['webhook-id'])).size).toBe(1);
    await eventually(async () => {
      const [delivery] = await logOf(id);
      expect(delivery).toMatchObject({ status: 'delivered', nextAttemptAt: null });
      expect(delivery.attempts.map((each: { status: number }) => each.status)).toEqual([500, 500, 204]);
    });
    expect(JSON.stringify(await call('GET', '/deliveries'))).not.toContain(secret.slice(6));
    expect(JSON.stringify(await call('GET', '/destinations'))).not.toContain(secret.slice(6));
  });

  it('is not sent to where a redirect points', async () => {
    answers.set('/elsewhere', answer(200));
    const { id } = await webhook('/moved', answer(301, { location: `${receiver}/elsewhere` }));
    await service.kafka.produce(alertEvent('opened'));
    await eventually(async () => {
      expect(await logOf(id)).toMatchObject([{ status: 'pending', attempts: [{ status: 301 }] }]);
    });
    expect(at('/elsewhere')).toEqual([]);
  });

  it('that is answered 410 disables its destination until it is resumed', async () => {
    const { id } = await webhook('/gone', answer(410));
    await service.kafka.produce(alertEvent('opened'));
    await eventually(async () => {
      const { body } = await call('GET', `/destinations/${id}`);
      expect(body).toMatchObject({ state: 'disabled', stateReason: expect.stringContaining('410') });
    });
    await service.kafka.produce(alertEvent('opened'));
    await eventually(async () => expect(await logOf(id)).toMatchObject([{ status: 'failed' }, { status: 'failed' }]));
    expect(at('/gone')).toHaveLength(1);
    answers.set('/gone', answer(200));
    const [newest] = await logOf(id);
    expect((await call('POST', `/deliveries/${newest.id}/retry`)).status).toBe(409);
    expect((await call('POST', `/destinations/${id}/resume`)).body).toMatchObject({
      state: 'active',
      stateReason: null,
    });
    expect((await call('POST', `/deliveries/${newest.id}/retry`)).body).toMatchObject({ status: 'pending' });
    await arrived('/gone', 2);
  });

  it('waits as long as the receiver asks', async () => {
    const { id } = await webhook('/busy', answer(429, { 'retry-after': '120' }));
    await service.kafka.produce(alertEvent('opened'));
    await eventually(async () => {
      const [delivery] = await logOf(id);
      expect(Date.parse(delivery.nextAttemptAt) - clock.now().getTime()).toBe(120_000);
    });
  });

  it('is sent once for an event that is published twice, also past the seen ids', async () => {
    await webhook('/once');
    const event = alertEvent('opened');
    await service.kafka.produce(event, event, { ...event, source: '/services/other' });
    await service.kafka.produce(alertEvent('opened', { accountId: event.subject }));
    const two = await arrived('/once', 2);
    expect(two.map((one) => one.headers['webhook-id'])).toContain(event.id);
  });

  it('is given up on when the schedule is used up, and its destination disabled after five days of failures', async () => {
    const { id } = await webhook('/dead', answer(500));
    await service.kafka.produce(alertEvent('opened'));
    for (let made = 1; made <= 10; made++) {
      await attempted(id, made);
      clock.advance((schedule[made] ?? 0) * 1.06);
    }
    expect((await logOf(id))[0]).toMatchObject({ status: 'exhausted', nextAttemptAt: null });
    expect((await call('GET', `/destinations/${id}`)).body).toMatchObject({ state: 'active' });
    clock.advance(2 * 86_400_000);
    await service.kafka.produce(alertEvent('opened'));
    await eventually(async () =>
      expect((await call('GET', `/destinations/${id}`)).body).toMatchObject({
        state: 'disabled',
        stateReason: expect.stringContaining('5 days'),
      }),
    );
  });

  it('of an account keeps its order, and a slow receiver holds up nobody else', async () => {
    const slow: Answer = () => undefined; // never answers: the attempt ends at the time limit
    await webhook('/slow', slow);
    await webhook('/quick');
    const accountId = 'ordered';
    const began = Date.now();
    await service.kafka.produce(
      ...[1, 2, 3, 4, 5].map((version) =>
        alertEvent(version === 1 ? 'opened' : 'escalated', { alertId: 'o', version, accountId }),
      ),
    );
    const five = await arrived('/quick', 5);
    expect(Date.now() - began).toBeLessThan(2_000);
    expect(five.map((one) => JSON.parse(one.body).data.version)).toEqual([1, 2, 3, 4, 5]);
    expect(at('/slow').length).toBeLessThanOrEqual(1);
  });

  it('never reaches another tenant, and its destination is invisible to one', async () => {
    const globex = { tenant: 'globex', subject: 'person-2' };
    const mine = await webhook('/acme');
    const theirs = await webhook('/globex', answer(200), {}, globex);
    await service.kafka.produce(alertEvent('opened', { summary: 'canary-acme' }));
    await service.kafka.produce(alertEvent('opened', { summary: 'canary-globex' }, { tenant: 'globex' }));
    const [[acme], [other]] = await Promise.all([arrived('/acme', 1), arrived('/globex', 1)]);
    expect([acme!.body.includes('canary-acme'), other!.body.includes('canary-globex')]).toEqual([true, true]);
    const [delivery] = await logOf(theirs.id, globex);
    for (const [method, path, body] of [
      ['GET', `/destinations/${theirs.id}`],
      ['PATCH', `/destinations/${theirs.id}`, { name: 'x' }],
      ['DELETE', `/destinations/${theirs.id}`],
      ['GET', `/destinations/${theirs.id}/secret`],
      ['POST', `/destinations/${theirs.id}/rotate-secret`, {}],
      ['POST', `/destinations/${theirs.id}/test`],
      ['POST', `/destinations/${theirs.id}/pause`],
      ['POST', `/destinations/${theirs.id}/resume`],
      ['POST', `/deliveries/${delivery.id}/retry`],
    ] as [string, string, object?][])
      expect([method, path, (await call(method, path, body)).status]).toEqual([method, path, 404]);
    expect(await logOf(theirs.id)).toEqual([]);
    expect((await call('GET', '/destinations')).body.items.map((each: { id: string }) => each.id)).toEqual([mine.id]);
  });

  it('carries two signatures while its secret is rotated', async () => {
    const { id, secret } = await webhook('/rotated');
    const rotated = await call('POST', `/destinations/${id}/rotate-secret`, {});
    expect((await call('GET', `/destinations/${id}/secret`)).body.secret).toBe(rotated.body.secret);
    const tried = await call('POST', `/destinations/${id}/test`);
    expect(tried).toEqual({ status: 200, body: { delivered: true, status: 200, detail: 'Delivered.' } });
    const [one] = await arrived('/rotated', 1);
    for (const each of [secret, rotated.body.secret as string])
      expect(new Webhook(each).verify(one!.body, signed(one!))).toMatchObject({ data: { test: true } });
    const other = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    expect(() => new Webhook(other).verify(one!.body, signed(one!))).toThrow('No matching signature found');
    clock.advance(25 * 3_600_000);
    await call('POST', `/destinations/${id}/test`);
    expect((await arrived('/rotated', 2))[1]!.headers['webhook-signature']).not.toContain(' ');
  });

  it('waits while its destination is paused', async () => {
    const { id } = await webhook('/paused');
    await call('POST', `/destinations/${id}/pause`);
    await service.kafka.produce(alertEvent('opened'));
    await eventually(async () => expect(await logOf(id)).toHaveLength(1));
    expect(at('/paused')).toEqual([]);
    await call('POST', `/destinations/${id}/resume`);
    await arrived('/paused', 1);
  });

  it('that was left half way by a process that died is sent again with the same id', async () => {
    const { id } = await webhook('/left', (response) => void response.destroy());
    await service.kafka.produce(alertEvent('opened'));
    await arrived('/left', 1);
    // What a kill -9 leaves: a lease that nobody gives back. It runs out by itself.
    const admin = new Client({ connectionString: service.db.adminUrl });
    await admin.connect();
    await attempted(id, 1);
    answers.set('/left', answer(200));
    await admin.query(
      `update system.delivery_queue set due_at = $1, lease = 'of-a-dead-process',
         leased_until = clock_timestamp() + interval '2 seconds' where destination_id = $2`,
      [clock.now(), id],
    );
    await admin.end();
    const [first, second] = await arrived('/left', 2);
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
  });

  it('is sent once where two processes send', async () => {
    await webhook('/replicas', answer(200));
    const { db, kafka } = service;
    const second = await startTestService('notifications', definition, { clock, env, database: db, kafka });
    const events = Array.from({ length: 200 }, (_, at) => alertEvent('opened', { accountId: `replica-${at % 40}` }));
    await kafka.produce(...events);
    await arrived('/replicas', 200);
    await second.stop();
    const got = at('/replicas').map((one) => one.headers['webhook-id']);
    expect(got).toHaveLength(200);
    expect(new Set(got)).toEqual(new Set(events.map((event) => event.id)));
  });

  it('reads an endless answer to 64 KB only, and counts as delivered', async () => {
    const endless: Answer = (response) => {
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
    const { id } = await webhook('/endless', endless);
    const tried = await call('POST', `/destinations/${id}/test`);
    expect(tried.body).toMatchObject({ delivered: true, status: 200 });
  });
});

describe('an account that is deleted', () => {
  it('is forgotten: its deliveries, and what waits of them', async () => {
    const { id } = await webhook('/forgotten', answer(500));
    await service.kafka.produce(
      alertEvent('opened', { accountId: 'leaver' }),
      alertEvent('opened', { accountId: 'stayer' }),
    );
    await eventually(async () => expect(await logOf(id)).toHaveLength(2));
    await service.kafka.produce(build.deleted({}, { account: 'leaver', time: new Date().toISOString() }));
    await eventually(async () => expect(await logOf(id)).toHaveLength(1));
    // Health ends the account's alerts when it hears of the deletion, and that may be later than we did.
    await service.kafka.produce(
      alertEvent('resolved', { accountId: 'leaver', status: 'resolved' }),
      alertEvent('resolved', { accountId: 'stayer', status: 'resolved' }),
    );
    await eventually(async () => expect(await logOf(id)).toHaveLength(2));
    const opened = new Date(Date.now() + 60_000).toISOString();
    await service.kafka.produce(alertEvent('opened', { accountId: 'leaver', openedAt: opened }));
    await eventually(async () => expect(await logOf(id)).toHaveLength(3));
  });
});

describe('the door', () => {
  it('lets readers look, leaders manage, and only admins see a secret', async () => {
    const { id } = await webhook('/roles');
    const statuses = async (role: string) => [
      (await call('GET', `/destinations/${id}`, undefined, { role })).status,
      (await call('GET', '/deliveries', undefined, { role })).status,
      (await call('PATCH', `/destinations/${id}`, { name: 'Roles' }, { role })).status,
      (await call('GET', `/destinations/${id}/secret`, undefined, { role })).status,
    ];
    expect(await statuses('viewer')).toEqual([200, 200, 403, 403]);
    expect(await statuses('csm')).toEqual([200, 200, 403, 403]);
    expect(await statuses('leader')).toEqual([200, 200, 200, 403]);
    expect(await statuses('admin')).toEqual([200, 200, 200, 200]);
  });

  it('points at what is wrong', async () => {
    const wrong = async (body: object) => {
      const { status, body: problem } = await call('POST', '/destinations', { name: 'x', kind: 'webhook', ...body });
      return [status, problem.pointer ?? problem.code];
    };
    expect(await wrong({})).toEqual([400, '/url']);
    expect(await wrong({ url: 'ftp://example.com' })).toEqual([400, '/url']);
    expect(await wrong({ url: 'https://user:pw@example.com' })).toEqual([400, '/url']);
    expect(await wrong({ url: 'https://example.com', to: 'a@b.example' })).toEqual([400, '/to']);
    expect(await wrong({ url: 'https://example.com', minSeverity: 'worst' })).toEqual([400, '/minSeverity']);
    expect(await wrong({ url: 'https://example.com', surprise: 1 })).toEqual([400, '/surprise']);
    expect(await wrong({ kind: 'email', to: 'a@b.example' })).toEqual([422, 'unprocessable']);
    expect((await call('GET', '/deliveries?cursor=nonsense')).status).toBe(400);
  });
});
