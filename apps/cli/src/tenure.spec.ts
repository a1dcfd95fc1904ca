import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTenure } from './tenure.controller';

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

type Answer = readonly [status: number, body: unknown, headers?: Record<string, string>];

const asked: Asked[] = [];
let answers: Answer[] = [];
let server: Server;
let url: string;
const folder = mkdtempSync(join(tmpdir(), 'tenure-cli-'));

beforeAll(async () => {
  server = createServer((request, response) => {
    void request.toArray().then((chunks) => {
      const body = Buffer.concat(chunks as Buffer[]).toString('utf8');
      asked.push({
        method: request.method ?? '',
        url: request.url ?? '',
        authorization: request.headers.authorization,
        body,
      });
      const [status, answer, headers] = answers.shift() ?? [500, ''];
      response.writeHead(status, headers).end(answer === undefined ? '' : JSON.stringify(answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

async function tenure(args: readonly string[], ...given: Answer[]) {
  answers = given;
  asked.length = 0;
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text) };
  const code = await runTenure(['--url', url, '--ingestion-url', url, ...args], terminal);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

function file(name: string, ...lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}

const created = { tenantId: 'acme', signInLink: 'http://x/sign-in?token=t', apiKey: 'tnr_1_a', writeKey: 'wk_1' };
const operator = ['--operator-token', 'op'];
const admin = ['--api-key', 'tnr_admin'];

describe('tenure tenant create', () => {
  it('makes a tenant and prints its secrets once', async () => {
    const { code, out } = await tenure(
      [...operator, 'tenant', 'create', 'Acme', '--admin', 'a@acme.example'],
      [201, created],
    );
    expect(code).toBe(0);
    expect(asked).toEqual([
      {
        method: 'POST',
        url: '/operator/v1/tenants',
        authorization: 'Bearer op',
        body: '{"name":"Acme","adminEmail":"a@acme.example"}',
      },
    ]);
    for (const secret of [created.signInLink, created.apiKey, created.writeKey])
      expect(out.split(secret)).toHaveLength(2);
  });

  it('prints one JSON value with --json, wherever it stands', async () => {
    const args = [...operator, 'tenant', 'create', 'Acme', '--admin', 'a@acme.example', '--json'];
    const { out, err } = await tenure(args, [201, { ...created, writeKey: null }]);
    expect(JSON.parse(out)).toEqual({ ...created, writeKey: null });
    expect(err).toContain('no write key yet');
  });

  it('says what the gateway said when it refuses, and never the token', async () => {
    const problem = { detail: 'This tenant id is taken.', pointer: '/id' };
    const { code, out, err } = await tenure([...operator, 'tenant', 'create', 'A', '--admin', 'a@b'], [409, problem]);
    expect([code, out, err]).toEqual([1, '', 'This tenant id is taken. (/id)']);
  });
});

describe('tenure keys and sources', () => {
  it('list as a table', async () => {
    const items = [
      { id: 'k1', name: 'CI', role: 'viewer', prefix: 'tnr_k1', createdAt: '2026-01-01', lastUsedAt: null },
    ];
    const { out } = await tenure([...admin, 'keys', 'list'], [200, { items }]);
    expect(out).toBe('ID  NAME  ROLE    PREFIX  CREATEDAT   LASTUSEDAT\nk1  CI    viewer  tnr_k1  2026-01-01  -');
  });

  it('create and revoke', async () => {
    const key = await tenure(
      [...admin, 'keys', 'create', 'CI', '--role', 'csm'],
      [201, { id: 'k1', key: 'tnr_k1_secret' }],
    );
    expect(key.out).toContain('tnr_k1_secret');
    expect(asked[0]?.body).toBe('{"name":"CI","role":"csm"}');
    expect((await tenure([...admin, 'keys', 'revoke', 'k/1'], [204, undefined])).code).toBe(0);
    expect(asked[0]).toMatchObject({ method: 'DELETE', url: '/api/v1/api-keys/k%2F1' });
    const made = [201, { source: { id: 's1' }, key: 'wk_secret' }] as const;
    const source = await tenure([...admin, 'sources', 'create', 'Web', '--mode', 'import'], made);
    expect(source.out).toContain('wk_secret');
    expect(asked[0]?.body).toBe('{"name":"Web","kind":"segment","mode":"import"}');
  });
});

describe('tenure asked for wrongly', () => {
  it.each([
    [['nonsense'], 'unknown command'],
    [['tenant', 'create', 'Acme'], '--admin'],
    [['keys', 'create', 'CI', '--role', 'king'], 'Allowed choices'],
    [['dead-letters', 'list'], '--service'],
    [['dead-letters', 'list', '--service', 'gateway'], 'Allowed choices'],
    [['dead-letters', 'show', 'x', '--service', 'health'], 'not the id'],
    [['dead-letters', 'replay', '--service', 'health'], '--all'],
    [['fence', 'reset', '--service', 'health', '--topic', 't', '--partition', '-1'], 'whole number'],
    [['send', 'events.ndjson', '--rate', '0'], 'whole number'],
  ])('%j ends with 2 and says so', async (args, expected) => {
    const { code, err } = await tenure(args);
    expect(err).toContain(expected);
    expect([code, asked]).toEqual([2, []]);
  });

  it('knows help', async () => {
    const { code, out } = await tenure(['--help']);
    expect([code, out]).toEqual([0, expect.stringContaining('dead-letters')]);
  });

  it('says which server does not answer', async () => {
    const { code, err } = await tenure(['--url', 'http://127.0.0.1:9', ...admin, 'keys', 'list']);
    expect([code, err]).toEqual([1, expect.stringMatching(/^http:\/\/127\.0\.0\.1:9 does not answer: /)]);
  });
});

describe('tenure send', () => {
  const key = ['--write-key', 'wk'];
  const event = (id: number) => JSON.stringify({ id: String(id), type: 't', source: '/s' });
  const all = (accepted: number) => [202, { accepted, held: 0, rejected: [] }] as const;

  it('sends batches and adds up their receipts', async () => {
    const path = file('good.ndjson', event(1), '', event(2), event(3));
    const { code, out } = await tenure(['send', path, '--batch', '2', ...key], all(2), all(1));
    expect([code, out]).toEqual([0, '3 events: 3 accepted, 0 held, 0 rejected.']);
    expect(asked.map(({ body }) => (JSON.parse(body) as { id: string }[]).map(({ id }) => id))).toEqual([
      ['1', '2'],
      ['3'],
    ]);
    expect(asked[0]?.authorization).toBe('Bearer wk');
  });

  it('names what was not taken by its line, and ends with 1', async () => {
    const rejected = [{ index: 1, code: 'invalid', pointer: '/data', detail: 'It is missing.' }];
    const path = file('bad.ndjson', event(1), 'oops', event(2));
    const { code, out } = await tenure(['send', path, ...key], [202, { accepted: 1, held: 0, rejected }]);
    expect(code).toBe(1);
    expect(out).toBe(
      '3 events: 1 accepted, 0 held, 2 rejected.\n  line 2: unreadable: The line is not JSON.\n  line 3: invalid at /data: It is missing.',
    );
  });

  it('waits as it is told, and sends the same events again', async () => {
    const busy = [503, { detail: 'Kafka is away.' }, { 'retry-after': '1' }] as const;
    const start = performance.now();
    const { code } = await tenure(['send', file('again.ndjson', event(1)), ...key], busy, all(1));
    expect(performance.now() - start).toBeGreaterThan(990);
    expect([code, asked.length, asked[0]?.body]).toEqual([0, 2, asked[1]?.body]);
  });

  it('keeps to its rate', async () => {
    const path = file('slow.ndjson', event(1), event(2), event(3));
    const start = performance.now();
    await tenure(['send', path, '--batch', '1', '--rate', '10', ...key], all(1), all(1), all(1));
    expect(performance.now() - start).toBeGreaterThan(290);
  });

  it('says what ingestion, or the disk, refuses', async () => {
    const refused = await tenure(
      ['send', file('one.ndjson', event(1)), ...key],
      [401, { detail: 'The write key is not known.' }],
    );
    expect([refused.code, refused.err]).toEqual([1, 'The write key is not known.']);
    const absent = await tenure(['send', join(folder, 'absent'), ...key]);
    expect([absent.code, absent.err]).toEqual([1, expect.stringContaining('cannot be read')]);
  });
});

describe('tenure tail', () => {
  const item = (id: string, fields: object = {}) => ({
    id,
    at: '2026-05-03T09:30:00.000Z',
    outcome: 'accepted',
    type: 'tenure.usage.recorded.v1',
    accountId: 'acme',
    userId: 'u-1',
    raw: {},
    mapped: [{ data: { event: 'Report Exported' } }],
    reason: null,
    ...fields,
  });

  it('watches all active sources and shows each event once, oldest first, with why it was refused', async () => {
    const reason = { code: 'missing-field', pointer: '/event', detail: 'A track call\nneeds an event name.' };
    const refused = item('2', { outcome: 'rejected', type: 'track', accountId: null, mapped: null, reason });
    const sources = {
      items: [
        { id: 'src_1', state: 'active' },
        { id: 'src_2', state: 'revoked' },
      ],
    };
    const looks = [
      { items: [item('1')], skipped: 0 },
      { items: [refused, item('1')], skipped: 3 },
    ];
    const { code, out, err } = await tenure(
      ['--api-key', 'k', 'tail', '--type', 'usage', '--for', '1'],
      [200, sources],
      [200, { until: '2026-05-03T09:31:00.000Z' }],
      ...looks.map((look): Answer => [200, look]),
    );
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      '2026-05-03T09:30:00.000Z  accepted  usage.recorded    acme  u-1  Report Exported',
      '2026-05-03T09:30:00.000Z  rejected  track             -  u-1  missing-field at /event: A track call needs an event name.',
    ]);
    expect(err).toContain('3 more of src_1');
    expect(asked.map((each) => each.url)).toEqual([
      '/api/v1/sources',
      '/api/v1/sources/src_1/watch',
      '/api/v1/sources/src_1/live?type=usage&limit=300',
      '/api/v1/sources/src_1/live?type=usage&limit=300',
    ]);
  });
});

describe('tenure rejects', () => {
  it('lists by reason', async () => {
    const groups = [{ code: 'missing-field', pointer: '/event', count: 3, detail: 'No name.' }];
    const { out } = await tenure(['--api-key', 'k', 'rejects', 'list', 'src_1'], [200, { items: [], groups }]);
    expect(out).toMatch(/^COUNT +CODE[^\n]+\n3 +missing-field +\/event/);
  });

  it('replays portion after portion, and says what was refused again', async () => {
    const again = [{ id: 'r-3', code: 'missing-field', pointer: '/event', detail: 'No name.' }];
    const { code, out, err } = await tenure(
      ['--api-key', 'k', 'rejects', 'replay', 'src_1', '--all', '--code', 'missing-field'],
      [200, { accepted: 2, held: 0, rejected: [], remaining: 2, since: 's' }],
      [200, { accepted: 0, held: 1, rejected: again, remaining: 0, since: 's' }],
    );
    expect([code, out]).toEqual([1, '2 accepted, 1 held, 1 refused again.\n  1 × missing-field at /event: No name.']);
    expect(err).toContain('2 to go');
    expect(asked.map((each) => JSON.parse(each.body))).toEqual([
      { code: 'missing-field' },
      { code: 'missing-field', since: 's' },
    ]);
    expect((await tenure(['--api-key', 'k', 'rejects', 'replay', 'src_1'])).code).toBe(2);
  });
});

describe('tenure import', () => {
  const rows = { rowsRead: 3, accepted: 2, held: 0, rejected: 1, rate: 900, detail: null };
  const job = { id: 'i', sourceId: 's1', kind: 'usage', dryRun: false, state: 'done', ...rows };

  it('streams the file with what its columns mean, and saves the refused rows', async () => {
    const errors = join(folder, 'errors.csv');
    const path = file('usage.csv', 'Who,event,time', 'acme,e,2026-01-01');
    const args = ['import', 'usage', path, '--map', 'Who=accountId', '--known-at-column', 'Loaded', '--errors', errors];
    const { code, out } = await tenure(
      [...admin, ...args, '--date-format', 'day-first'],
      [200, { items: [{ id: 's1', kind: 'csv', mode: 'import', state: 'active' }] }],
      [200, job],
      [200, 'row,column'],
    );
    expect([code, out]).toEqual([1, expect.stringContaining('3 rows: 2 accepted, 0 held, 1 rejected')]);
    const sent = new URL(asked[1]?.url ?? '', url);
    expect([sent.pathname, asked[1]?.body]).toEqual([
      '/api/v1/sources/s1/imports',
      'Who,event,time\nacme,e,2026-01-01',
    ]);
    expect(sent.searchParams.getAll('map')).toEqual(['Who=accountId', 'Loaded=knownAt']);
    expect(Object.fromEntries(sent.searchParams)).toMatchObject({
      kind: 'usage',
      fileName: 'usage.csv',
      dateFormat: 'day-first',
    });
    expect(readFileSync(errors, 'utf8')).toBe('"row,column"');
  });

  it('says what the file is refused for', async () => {
    const path = file('bad.csv', 'x');
    const problem = [400, { detail: 'No column is mapped to event.' }] as const;
    const { code, err } = await tenure([...admin, 'import', 'usage', path, '--source', 's1'], problem);
    expect([code, err]).toEqual([1, 'No column is mapped to event.']);
    expect((await tenure([...admin, 'import', 'usage', join(folder, 'none'), '--source', 's'])).err).toContain(
      'cannot be read',
    );
  });
});

describe('tenure erase', () => {
  const services = [{ service: 'health', state: 'done', rows: 4, appliedAt: '2026-05-04T00:00:00.000Z' }];
  const logs = [
    { topic: 'usage-events.v1', goneAt: '2026-06-08T00:00:00.000Z' },
    { topic: 'user-changes.v1', goneAt: null },
  ];
  const done = { id: 'e1', kind: 'person', state: 'done', services, logs };

  it('wants a yes, then tells what each service did', async () => {
    const args = [...admin, 'erase', 'person', '--user', 'u1', '--email', 'a@b.c'];
    const unsure = await tenure(args);
    expect([unsure.code, asked]).toEqual([2, []]);
    const { code, out } = await tenure([...args, '--yes'], [202, { ...done, state: 'running' }], [200, done]);
    expect(code).toBe(0);
    expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ kind: 'person', userIds: ['u1'], emails: ['a@b.c'] });
    expect(out).toMatch(/health +done +4/);
    expect(out).toContain('user-changes.v1');
  });
});
