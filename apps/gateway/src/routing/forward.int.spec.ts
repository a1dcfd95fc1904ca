import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as rawRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TokenVerifier, type PublicKey } from '@tenure/platform';
import { eventually, FixedClock, startTestService, type TestService } from '@tenure/testing';
import { service } from '../gateway.service';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A service behind the gateway, as far as HTTP goes: it notes what reaches it. */
class Backend {
  readonly seen: Seen[] = [];
  readonly open = new Set<ServerResponse>();
  answer: (request: Seen, response: ServerResponse) => void = (_, response) => void response.end('{}');
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => void this.note(request, response));
  }

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async note(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.open.add(response);
    response.on('close', () => this.open.delete(response));
    const body = Buffer.concat(await request.toArray()).toString('utf8');
    const seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
    this.seen.push(seen);
    this.answer(seen, response);
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

const health = new Backend();
const reporting = new Backend();
const clock = new FixedClock(new Date());
const consoleDir = mkdtempSync(join(tmpdir(), 'console-'));
let gateway: TestService;
let published: PublicKey;

beforeAll(async () => {
  mkdirSync(join(consoleDir, 'assets'));
  writeFileSync(join(consoleDir, 'index.html'), '<!doctype html><title>Tenure</title>');
  writeFileSync(join(consoleDir, 'assets/index-1a2b.js'), 'export {};');
  writeFileSync(join(consoleDir, '..', 'outside.txt'), 'not yours');
  const { privateKey } = generateKeyPairSync('ed25519');
  const signing = { ...privateKey.export({ format: 'jwk' }), kid: 'test' };
  published = { kty: 'OKP', crv: 'Ed25519', kid: 'test', x: String(signing.x) };
  const env = {
    TENURE_TOKEN_PUBLIC_KEYS: JSON.stringify({ keys: [published] }),
    TENURE_TOKEN_PRIVATE_KEY: JSON.stringify(signing),
    TENURE_HEALTH_URL: await health.start(),
    TENURE_REPORTING_URL: await reporting.start(),
    TENURE_RENEWALS_URL: 'http://127.0.0.1:9',
    TENURE_UPSTREAM_TIMEOUT_MS: '500',
    TENURE_CONSOLE_DIR: consoleDir,
    TENURE_DEMO: '1',
    LOG_LEVEL: 'fatal',
  };
  gateway = await startTestService('gateway', service, { env, clock });
});

afterAll(async () => {
  await gateway?.stop();
  health.stop();
  reporting.stop();
  rmSync(consoleDir, { recursive: true });
});

const key = { authorization: 'Bearer demo-api-key' };
const get = (path: string, headers: Record<string, string> = key) => fetch(gateway.url + path, { headers });

describe('A request', () => {
  it('reaches the service that the table names, with the caller’s token for it and nothing else of theirs', async () => {
    await fetch(`${gateway.url}/api/v1/alerts/7/acknowledge?x=1&y=%2F`, {
      method: 'POST',
      headers: {
        ...key,
        cookie: 'tenure_session=abc',
        'content-type': 'application/json; charset=utf-8',
        'idempotency-key': 'once',
        'x-tenure-tenant': 'globex',
        'x-forwarded-for': '10.9.8.7',
      },
      body: '{ "note":  "as it was written" }',
    });
    const seen = health.seen.at(-1)!;
    expect([seen.method, seen.url]).toEqual(['POST', '/api/v1/alerts/7/acknowledge?x=1&y=%2F']);
    expect(seen.body).toBe('{ "note":  "as it was written" }');
    expect(seen.headers).toMatchObject({ 'idempotency-key': 'once', 'x-forwarded-for': '127.0.0.1' });
    expect(seen.headers).not.toHaveProperty('cookie');
    expect(seen.headers).not.toHaveProperty('x-tenure-tenant');
    const token = seen.headers.authorization?.replace('Bearer ', '') ?? '';
    const caller = await new TokenVerifier('health', [published]).verify(token);
    expect(caller).toMatchObject({ tenant: 'demo', subject: 'demo', role: 'admin', kind: 'key' });
  });

  it('that reads but carries a body does not make the service take the next request for that body', async () => {
    const { hostname, port } = new URL(gateway.url);
    const body = 'GET /api/v1/alerts/smuggled HTTP/1.1\r\nhost: x\r\n\r\n';
    const headers = { ...key, 'content-length': String(body.length) };
    const outgoing = rawRequest({ hostname, port, path: '/api/v1/alerts/read', headers });
    outgoing.end(body);
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(200);
    expect(health.seen.at(-1)).toMatchObject({ url: '/api/v1/alerts/read', body: '' });
    expect(health.seen.at(-1)?.headers).not.toHaveProperty('content-length');
    expect((await get('/api/v1/alerts/next')).status).toBe(200);
    expect(health.seen.at(-1)).toMatchObject({ url: '/api/v1/alerts/next', body: '' });
  });

  it('without a caller reaches nobody', async () => {
    const before = health.seen.length;
    expect((await get('/api/v1/alerts', {})).status).toBe(401);
    expect((await get('/api/v1/alerts', { authorization: 'Bearer tnr_wrong' })).status).toBe(401);
    expect(health.seen.length).toBe(before);
  });

  it('to a path of no service is a problem, not a page', async () => {
    const response = await get('/api/v1/nothing');
    expect([response.status, response.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
    // As it stands: fetch would resolve the dots before it sends them.
    const raw = rawRequest(gateway.url, { path: '/api/v1/accounts/%2e%2e/people', headers: key }).end();
    const [answer] = (await once(raw, 'response')) as [IncomingMessage];
    expect(answer.resume().statusCode).toBe(404);
  });

  it('comes back as the service answered, with the gateway’s limits and without the service’s cookies', async () => {
    reporting.answer = (_, response) =>
      void response
        .writeHead(206, {
          'content-type': 'text/csv',
          etag: '"1"',
          'set-cookie': 'a=b',
          'ratelimit-limit': '1',
          connection: 'close',
        })
        .end('a,b');
    const response = await get('/api/v1/reports/export');
    expect([response.status, await response.text()]).toEqual([206, 'a,b']);
    expect(Object.fromEntries(response.headers)).toMatchObject({ etag: '"1"', 'ratelimit-limit': '1200' });
    expect(response.headers.get('set-cookie')).toBeNull();
  });

  it('that is not JSON, or has no body at all, passes as well', async () => {
    health.answer = (seen, response) => void response.end(seen.body);
    const csv = await fetch(`${gateway.url}/api/v1/alerts`, {
      method: 'POST',
      headers: { ...key, 'content-type': 'text/csv' },
      body: 'a;b',
    });
    expect(await csv.text()).toBe('a;b');
    const empty = await fetch(`${gateway.url}/api/v1/alerts/1`, { method: 'DELETE', headers: key });
    expect([empty.status, await empty.text()]).toEqual([200, '']);
  });

  it('to a service that is away is refused at once, with a time to come back', async () => {
    const start = performance.now();
    const response = await get('/api/v1/renewals');
    expect(performance.now() - start).toBeLessThan(1_000);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await response.json()).toMatchObject({ code: 'unavailable', detail: expect.stringContaining('renewals') });
  });

  it('to a service that does not answer in time is refused, and the service hears that it need not', async () => {
    health.answer = () => undefined;
    expect((await get('/api/v1/alerts')).status).toBe(503);
    await eventually(() => expect(health.open.size).toBe(0));
  });

  it('is asked again on a new connection when the service closed the kept one', async () => {
    health.answer = (_, response) => void response.end('{}');
    await (await get('/api/v1/alerts')).text();
    health.answer = (_, response) => {
      health.answer = (__, second) => void second.end('"again"');
      response.socket?.destroy();
    };
    expect(await (await get('/api/v1/alerts')).text()).toBe('"again"');
  });
});

describe('Server-sent events', () => {
  it('come as they happen, and the service hears when the reader leaves', async () => {
    reporting.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    };
    const request = rawRequest(`${gateway.url}/api/v1/live`, { headers: key }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.headers['content-type']).toBe('text/event-stream');
    const [source] = reporting.open;
    for (const event of ['one', 'two']) {
      source?.write(`event: change\ndata: ${event}\n\n`);
      const [chunk] = (await once(response, 'data')) as [Buffer];
      expect(chunk.toString()).toContain(event);
    }
    response.destroy();
    await eventually(() => expect(reporting.open.size).toBe(0));
  });
});

describe('The API’s description', () => {
  it('has every service’s paths, and keeps those of one that is away', async () => {
    health.answer = (seen, response) =>
      void response.end(
        seen.url === '/openapi.json' ? JSON.stringify({ paths: { '/api/v1/alerts': { get: {} } } }) : '',
      );
    reporting.answer = (_, response) => void response.writeHead(500).end();
    const describedPaths = async () =>
      Object.keys(((await (await get('/api/openapi.json', {})).json()) as { paths: object }).paths);
    const all = expect.arrayContaining(['/api/v1/alerts', '/api/v1/people', '/api/v1/me']);
    expect(await describedPaths()).toEqual(all);
    expect((await describedPaths()).filter((path) => !path.startsWith('/api/v1/'))).toEqual([]);
    health.answer = (_, response) => void response.socket?.destroy();
    const before = health.seen.length;
    clock.advance(60_000);
    expect(await describedPaths()).toEqual(all);
    expect(health.seen.length).toBeGreaterThan(before);
  });
});

describe('The console', () => {
  it.each(['/', '/today', '/accounts/acme?tab=usage'])('is one page, at %s too', async (path) => {
    const response = await get(path, {});
    expect([response.status, await response.text()]).toEqual([200, '<!doctype html><title>Tenure</title>']);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
  });

  it('has files that are kept for ever', async () => {
    const response = await get('/assets/index-1a2b.js', {});
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('javascript'),
    ]);
    expect(response.headers.get('cache-control')).toContain('immutable');
  });

  it.each(['/assets/gone-1.js', '/..%2foutside.txt', '/%2e%2e/outside.txt', '/.git/config.js'])(
    'has no %s',
    async (path) => {
      const raw = rawRequest(gateway.url, { path }).end();
      const [answer] = (await once(raw, 'response')) as [IncomingMessage];
      expect(answer.resume().statusCode).toBe(404);
    },
  );
});

describe('Metrics', () => {
  it('are not the public’s', async () => {
    expect((await get('/metrics', {})).status).toBe(404);
    expect((await get('/metrics')).status).toBe(404);
    expect((await get('/health/ready', {})).status).toBe(200);
  });
});

describe('The public keys', () => {
  it('are published without their private half', async () => {
    expect(await (await get('/.well-known/jwks.json', {})).json()).toEqual({
      keys: [{ ...published, use: 'sig', alg: 'EdDSA' }],
    });
  });
});

describe('The end', () => {
  it('does not wait for a stream that has none', async () => {
    reporting.answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    };
    const request = rawRequest(`${gateway.url}/api/v1/live`, { headers: key }).end();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    // Not `once`, which takes the cut that is expected here for a failure.
    const closed = new Promise<void>((resolve) => {
      response
        .resume()
        .on('error', () => undefined)
        .on('close', resolve);
    });
    const start = performance.now();
    await Promise.all([gateway.stop(), closed]);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
