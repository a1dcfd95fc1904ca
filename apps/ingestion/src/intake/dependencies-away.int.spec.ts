import { randomBytes } from 'node:crypto';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

import { topics } from '@tenure/contracts';
import { platformMigrations } from '@tenure/platform';
import {
  callerToken,
  eventually,
  freshDatabase,
  infra,
  signWebhook,
  startTestService,
  type TestDatabase,
  type TestService,
} from '@tenure/testing';

import { service } from '../ingestion.service';

/**
 * A TCP proxy that can be cut or made to hang. A Kafka broker tells clients its own address; the proxy puts its port in
 * the place, so that every connection comes through it.
 */
class Proxy {
  private readonly pairs = new Set<Socket>();
  private server: Server | undefined;
  private mode: 'open' | 'cut' | 'silent' = 'open';
  port = 0;

  constructor(
    private readonly host: string,
    private readonly target: number,
  ) {}

  async start(): Promise<this> {
    this.server = createServer((client) => this.join(client));
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  cut(): void {
    this.mode = 'cut';
    for (const socket of this.pairs) socket.destroy();
  }

  silence(): void {
    this.mode = 'silent';
  }

  restore(): void {
    const wasSilent = this.mode === 'silent';
    this.mode = 'open';
    // What was said into the silence is lost: as after a pause of the network, both sides have to begin anew.
    if (wasSilent) for (const socket of this.pairs) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private join(client: Socket): void {
    if (this.mode === 'cut') return void client.destroy();
    const upstream = connect(this.target, this.host);
    for (const socket of [client, upstream]) {
      this.pairs.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.pairs.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (data) => this.mode === 'open' && upstream.write(data));
    upstream.on('data', (data) => this.mode === 'open' && client.write(this.readdressed(data)));
  }

  private readdressed(data: Buffer): Buffer {
    const old = Buffer.concat([Buffer.from(this.host), int32(this.target)]);
    const fresh = Buffer.concat([Buffer.from(this.host), int32(this.port)]);
    for (let at = data.indexOf(old); at >= 0; at = data.indexOf(old, at + 1)) fresh.copy(data, at);
    return data;
  }
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

let ingestion: TestService;
let kafka: Proxy;
let postgres: Proxy;
let db: TestDatabase;
let key: string;
/** A source of kind webhook, signed by Standard Webhooks. */
let hook: { source: { id: string }; key: string };

function through(url: string): string {
  const proxied = new URL(url);
  proxied.host = `127.0.0.1:${postgres.port}`;
  return proxied.href;
}

const post = async (path: string, body: object) => {
  const began = Date.now();
  const headers = {
    'content-type': 'application/json',
    authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
  };
  const response = await fetch(ingestion.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await response.text();
  return { status: response.status, ms: Date.now() - began, retryAfter: response.headers.get('retry-after'), text };
};
const track = (messageId: string, fields: object = { context: { groupId: 'a' } }) =>
  post('/v1/track', { messageId, userId: 'u', event: 'e', ...fields });

const deliver = async (id: string) => {
  const path = `/v1/webhooks/standard/${hook.source.id}`;
  const data = { accountId: 'a', ticketId: id, change: 'opened', status: 'new', priority: 'low' };
  const body = JSON.stringify({ type: 'tenure.ticket.changed.v1', data });
  const headers = signWebhook('standard', { url: '', secret: hook.key, body, at: new Date(), id });
  const response = await fetch(ingestion.url + path, { method: 'POST', headers, body });
  return { status: response.status, body: (await response.json()) as { accepted?: number; repeated?: boolean } };
};

beforeAll(async () => {
  const [host = '', port = ''] = (infra().brokers[0] ?? '').split(':');
  kafka = await new Proxy(host, Number(port)).start();
  const database = new URL(infra().postgresUrl);
  postgres = await new Proxy(database.hostname, Number(database.port)).start();
  db = await freshDatabase('ingestion', [...platformMigrations, ...service.migrations]);
  const env = {
    KAFKA_BROKERS: `${host}:${kafka.port}`,
    KAFKA_SILENCE_MS: '800',
    DATABASE_URL: through(db.url),
    DATABASE_OWNER_URL: through(db.ownerUrl),
    TENURE_SECRETS_KEY: randomBytes(32).toString('base64'),
  };
  ingestion = await startTestService('ingestion', service, { database: db, env });
  const headers = { authorization: `Bearer ${await callerToken('ingestion')}`, 'content-type': 'application/json' };
  const make = async <T>(body: object): Promise<T> => {
    const init = { method: 'POST', headers, body: JSON.stringify({ name: 'Web', mode: 'live', ...body }) };
    return (await (await fetch(`${ingestion.url}/api/v1/sources`, init)).json()) as T;
  };
  ({ key } = await make<{ key: string }>({ kind: 'segment' }));
  hook = await make({ kind: 'webhook', vendor: 'standard' });
}, 180_000);

afterAll(async () => {
  kafka.restore();
  postgres.restore();
  await ingestion?.stop();
  await db?.drop();
  await kafka?.stop();
  await postgres?.stop();
});

describe.each(['cut', 'silence'] as const)('With Kafka away (%s)', (way) => {
  it('every request is answered 503 with Retry-After within a second, and the same process serves again', async () => {
    const usage = await ingestion.kafka.consume(topics.usageEvents);
    const acknowledged: string[] = [];
    const note = (id: string, status: number) => status === 200 && acknowledged.push(id);
    for (let i = 0; i < 5; i += 1) note(`${way}-before-${i}`, (await track(`${way}-before-${i}`)).status);
    expect(acknowledged).toHaveLength(5);

    kafka[way]();
    expect((await deliver(`${way}-hook`)).status).toBe(503);
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        const id = `${way}-during-${i}`;
        const answer =
          i % 2 === 0
            ? await track(id)
            : await post('/v1/batch', {
                batch: [{ type: 'track', messageId: id, userId: 'u', event: 'e', groupId: 'a' }],
              });
        note(id, answer.status);
        return answer;
      }),
    );
    expect(answers.map((each) => each.status)).toEqual(answers.map(() => 503));
    expect(Number(answers[0]?.retryAfter)).toBeGreaterThan(0);
    expect(Math.max(...answers.map((each) => each.ms))).toBeLessThan(5_000);

    kafka.restore();
    await eventually(async () => {
      const id = `${way}-after`;
      const { status } = await track(id);
      note(id, status);
      expect(status).toBe(200);
    });
    // A delivery is remembered only once Kafka has it: the vendor's retry is not taken for a second copy.
    expect((await deliver(`${way}-hook`)).body).toMatchObject({ accepted: 1 });
    expect((await deliver(`${way}-hook`)).body).toMatchObject({ accepted: 0, repeated: true });
    // Sent again, as a client does that was told 503: no key of a first attempt stands in the way.
    for (let i = 0; i < answers.length; i += 1) {
      const { status } = await track(`${way}-during-${i}`);
      expect(note(`${way}-during-${i}`, status)).toBeTruthy();
    }
    await eventually(() => {
      const there = new Set(usage.envelopes().map((each) => each.id));
      expect(acknowledged.filter((id) => !there.has(id))).toEqual([]);
    });
  });
});

describe('With Postgres away', () => {
  it('what needs no membership is accepted, what needs one is held and applied later, only a group is refused', async () => {
    const usage = await ingestion.kafka.consume(topics.usageEvents);
    expect((await post('/v1/group', { userId: 'member', groupId: 'globex' })).status).toBe(200);
    expect((await track('warm')).status).toBe(200);

    expect((await deliver('hook-before')).body).toMatchObject({ accepted: 1 });
    postgres.cut();
    // Whose it is and its secrets are known; whether it was here is not, and its event's id answers that later.
    expect((await deliver('hook-during')).body).toMatchObject({ accepted: 1 });
    const [named, member, group, identify] = await Promise.all([
      track('named'),
      track('waits', { userId: 'member' }),
      post('/v1/group', { userId: 'member', groupId: 'other' }),
      post('/v1/identify', { userId: 'known', anonymousId: 'visitor', context: { groupId: 'globex' } }),
    ]);
    expect([named.status, member.status, group.status, identify.status]).toEqual([200, 200, 503, 200]);
    expect(Math.max(named.ms, member.ms)).toBeLessThan(5_000);

    postgres.restore();
    const [event] = await usage.waitFor(1, (each) => each.id === 'waits', 30_000);
    expect(event?.subject).toBe('globex');
    // That the visitor is the user who was identified meanwhile has been learned from the topic.
    await track('visited', { userId: undefined, anonymousId: 'visitor' });
    const [visit] = await usage.waitFor(1, (each) => each.id === 'visited', 30_000);
    expect(visit?.subject).toBe('globex');
    await eventually(async () =>
      expect((await post('/v1/group', { userId: 'member', groupId: 'other' })).status).toBe(200),
    );
  });
});
