import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadConfig } from '@tenure/platform';
import { testPublicKeys } from '@tenure/testing';
import { NotificationsConfig } from '../notifications.config';
import { failureOutcome } from './failure.domain';
import { GuardedHttpClient, NameResolver, RefusedAddress, type Resolve } from './guarded-http.client';

const timeoutMs = 4_000;
let connections = 0;
let answer: (response: ServerResponse) => void;
let server: Server;
let port: number;
const clients: GuardedHttpClient[] = [];

/** A client whose names all lead to these addresses, in turn. */
function client(addresses: readonly string[], allowPrivate: boolean): GuardedHttpClient {
  const config = loadConfig(
    NotificationsConfig,
    {
      DATABASE_URL: 'postgres://nobody@127.0.0.1/none',
      TENURE_TOKEN_PUBLIC_KEYS: testPublicKeys,
      DELIVERY_TIMEOUT_MS: String(timeoutMs),
      TENURE_ALLOW_PRIVATE_DESTINATIONS: allowPrivate ? '1' : '0',
    },
    'notifications',
  );
  let turn = 0;
  const resolve: Resolve = (_host, _options, done) =>
    done(null, [{ address: addresses[turn++ % addresses.length]!, family: 4 }]);
  const made = new GuardedHttpClient(config, Object.assign(new NameResolver(), { resolve }));
  clients.push(made);
  return made;
}

const post = (from: GuardedHttpClient, host = 'receiver.example') =>
  from.post(`http://${host}:${port}/`, {}, '{}', new AbortController().signal);

beforeAll(async () => {
  server = createServer((_request, response) => answer(response));
  server.on('connection', () => (connections += 1));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});

beforeEach(() => {
  connections = 0;
  answer = (response) => void response.end('ok');
});

afterAll(async () => {
  await Promise.all(clients.map((each) => each.onModuleDestroy()));
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

describe('the way out', () => {
  it('is open where the operator allows private addresses: the control of what follows', async () => {
    expect(await post(client(['127.0.0.1'], true))).toMatchObject({ status: 200, body: 'ok' });
    expect(connections).toBe(1);
  });

  it('makes no connection to a private address, by name or by number', async () => {
    const named = client(['127.0.0.1', '10.0.0.1', '169.254.169.254'], false);
    for (let tries = 0; tries < 100; tries++)
      await expect(post(named, `r${tries}.example`)).rejects.toThrow(RefusedAddress);
    for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]', 'localhost'])
      await expect(post(client(['127.0.0.1'], false), host)).rejects.toThrow(RefusedAddress);
    expect(connections).toBe(0);
  });

  it('ends at the time limit, whether nothing comes or something trickles', async () => {
    const began = performance.now();
    answer = () => undefined;
    const silent = await post(client(['127.0.0.1'], true)).catch(failureOutcome);
    expect(silent).toMatchObject({ result: 'retry', detail: 'The receiver did not answer in time.' });
    answer = (response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    };
    expect(await post(client(['127.0.0.1'], true))).toMatchObject({ status: 200 });
    expect(performance.now() - began).toBeLessThan(10 * timeoutMs);
  });

  it('reads 64 KB of an answer, and refuses a flood of headers', async () => {
    answer = (response) => void response.end('x'.repeat(1_000_000));
    expect((await post(client(['127.0.0.1'], true))).body).toHaveLength(65_536);
    answer = (response) => {
      for (let n = 0; n < 400; n++) response.setHeader(`x-${n}`, 'y'.repeat(200));
      response.end('ok');
    };
    expect(await post(client(['127.0.0.1'], true)).catch(failureOutcome)).toMatchObject({
      result: 'retry',
      detail: 'The answer has too many headers.',
    });
  });
});
