import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  arrMoved,
  type Envelope,
  healthScoreChanged,
  type NoteBody,
  type RiskAlert,
  riskAlertOpened,
  tenantChanged,
  type TenantChanged,
} from '@tenure/contracts';
import { Database, listRoutes } from '@tenure/platform';
import { build, buildEnvelope, callerToken, eventually, startTestService, type TestService } from '@tenure/testing';
import { service } from '../reporting.service';

let reporting: TestService;

/** Events take their time where many suites share a broker. */
const soon = <T>(attempt: () => T | Promise<T>): Promise<T> => eventually(attempt, { timeoutMs: 30_000 });
let note: NoteBody;

const example = JSON.parse(
  readFileSync(join(__dirname, '../../../../libs/contracts/examples/tenure.risk-alert.opened.v1.json'), 'utf8'),
) as { data: RiskAlert };

/** The same account id in both tenants; everything of acme's has this word in it. */
const secret = 'Zanzibar';
const now = new Date().toISOString();

const tenantData: TenantChanged = {
  ...{ tenantId: 'acme', version: 1, name: secret, state: 'active', fiscalYearStart: 1 },
  timeZone: 'UTC',
  currency: 'USD',
};

const everything = (tenant: string, word: string): Envelope[] => {
  const at = { tenant, account: 'same', time: now };
  return [
    build.account({ name: word, segment: word, tags: [word], team: [{ role: 'csm', email: `${word}@acme.test` }] }, at),
    build.user({ name: word }, at),
    build.stakeholder({ stakeholderId: word, name: word }, at),
    build.ticket({ ticketId: word, subject: word }, at),
    build.contract({ contractId: word }, at),
    build.invoice({ invoiceId: word, status: 'overdue' }, at),
    build.survey({ comment: word }, at),
    build.touchpoint({ subject: word }, at),
    buildEnvelope(riskAlertOpened, { ...example.data, alertId: word, summary: word }, at),
    buildEnvelope(
      healthScoreChanged,
      { version: 1, score: 1, band: 'red', trend: 0, coverage: 1, modelVersion: word, asOf: now, contributions: [] },
      at,
    ),
    buildEnvelope(
      arrMoved,
      {
        ...{ version: 1, movementId: word, date: '2020-01-01', kind: 'new', product: word, contractId: word },
        ...{ amount: 424_242, currency: 'USD', arrAfter: 424_242, reason: word },
      },
      at,
    ),
  ];
};

async function call(method: string, path: string, tenant: string, body?: object): Promise<Response> {
  const authorization = `Bearer ${await callerToken('reporting', { tenant })}`;
  const headers = { authorization, ...(body && { 'content-type': 'application/json' }) };
  return fetch(reporting.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
}

beforeAll(async () => {
  reporting = await startTestService('reporting', service, {
    env: { RATE_LIMIT_PER_MINUTE: '0', LIVE_CONNECTION_MS: '1000' },
  });
  await reporting.kafka.produce(
    buildEnvelope(tenantChanged, tenantData, { tenant: 'acme', account: 'tenant' }),
    ...everything('acme', secret),
    build.account({ name: 'Globex' }, { tenant: 'globex', account: 'same' }),
  );
  await soon(async () => {
    const text = async (path: string, tenant = 'acme') => (await call('GET', `/api/v1/${path}`, tenant)).text();
    const kinds = ['account', 'ticket', 'stakeholder', 'contract', 'survey', 'touchpoint', 'invoice', 'alert'];
    const timeline = await text('accounts/same/timeline');
    const there = [
      (await text('today')).includes(secret),
      kinds.every((kind) => timeline.includes(`"kind":"${kind}"`)),
      (await text('reports/retention')).includes('424242'),
      (await text('accounts/same', 'globex')).includes('Globex'),
    ];
    if (there.includes(false)) throw new Error(`Not all is there yet: ${there.join()}`);
  });
  note = (await (await call('POST', '/api/v1/accounts/same/notes', 'acme', { text: secret })).json()) as NoteBody;
});
afterAll(() => reporting?.stop());

describe('two tenants', () => {
  it('see, on every route that reads, their own rows only', async () => {
    const routes = listRoutes(reporting.app).filter(({ method, path }) => method === 'GET' && path.startsWith('/api/'));
    expect(routes.length).toBeGreaterThanOrEqual(10);
    for (const { path } of routes) {
      const url = path.replace(':accountId', 'same').replace(':noteId', note.id);
      const mine = await call('GET', url, 'acme');
      const theirs = await call('GET', url, 'globex');
      expect([url, mine.status, theirs.status]).toEqual([url, 200, 200]);
      const text = await theirs.text();
      expect([url, text.includes(secret), text.includes('424242')]).toEqual([url, false, false]);
      await mine.text();
    }
  });

  it('cannot touch each other’s notes: it is as if they were not there', async () => {
    for (const [method, body] of [
      ['PATCH', { text: 'mine' }],
      ['PATCH', { deleted: false }],
      ['DELETE', undefined],
    ] as const) {
      expect((await call(method, `/api/v1/notes/${note.id}`, 'globex', body)).status).toBe(404);
    }
    const notes = await (await call('GET', '/api/v1/accounts/same/notes', 'acme')).json();
    expect(notes).toMatchObject({ items: [{ text: secret, editedAt: null }] });
  });

  /** Nobody of these tenants was erased; the two tenants of the journeys have somebody who was. */
  const nobodyErased = 'erased_identifiers';

  it('share no table: each has forced row-level security, and shows acme’s rows to acme only', async () => {
    const database = reporting.app.get(Database);
    const tables = await database.system((tx) =>
      tx.query<{ name: string; safe: boolean }>(
        `select relname as name, relrowsecurity and relforcerowsecurity as safe from pg_class
         where relnamespace = 'public'::regnamespace and relkind = 'r' and relname not like '%migration%'`,
      ),
    );
    expect(tables.length).toBeGreaterThanOrEqual(10);
    expect(tables.filter((table) => !table.safe)).toEqual([]);
    for (const { name } of tables) {
      const count = (tenant: string) =>
        database.read(
          [tenant],
          async (tx) =>
            (await tx.query<{ n: number }>(`select count(*)::int as n from ${name} where tenant_id = 'acme'`))[0]?.n,
        );
      expect([name, await count('globex')]).toEqual([name, 0]);
      const filled = name === nobodyErased || (await count('acme')) !== 0;
      expect([name, filled]).toEqual([name, true]);
    }
  });

  it('have doors for callers with a token only', async () => {
    for (const { method, path } of listRoutes(reporting.app).filter((route) => route.path.startsWith('/api/'))) {
      expect([path, (await fetch(reporting.url + path, { method })).status]).toEqual([path, 401]);
    }
  });
});
