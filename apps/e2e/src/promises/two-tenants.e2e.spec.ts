import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AlertsBody } from '@tenure/contracts';
import { eventually, startStack, type TestStack } from '@tenure/testing';
import { Client } from 'pg';
import { routesOf, type OpenApi, type Route } from '../client/open-api';
import { cloudEvent, createTenant, type Tenant } from '../client/tenant';

jest.setTimeout(240_000);

const word = 'canary';
const account = `${word}-account`;
const services = ['gateway', 'ingestion', 'health', 'renewals', 'notifications', 'reporting'] as const;
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

interface Seen {
  readonly status: number;
  readonly text: string;
}

let stack: TestStack;
let mine: Tenant;
let theirs: Tenant;
let routes: Route[];
/** By the beginning of its routes: the id of something that is the other tenant's. */
let idsOfTheirs: Map<string, string>;

beforeAll(async () => {
  stack = await startStack({ env: { RATE_LIMIT_PER_MINUTE: '0', TENURE_ALLOW_PRIVATE_DESTINATIONS: '1' } });
  mine = await createTenant(stack, 'acme');
  theirs = await createTenant(stack, `${word}-tenant`);
  await mine.send([cloudEvent('account.changed', 'own', { accountId: 'own', name: 'Our own' })]);
  idsOfTheirs = await fill(theirs);
  await counted(theirs);
  const { body } = await mine.get<OpenApi>('/api/openapi.json');
  routes = routesOf(body).filter(({ path }) => path.startsWith('/api/v1/'));
});

afterAll(() => stack?.stop());

/** Gives the tenant one of everything, all of it with the canary's name. */
async function fill(tenant: Tenant): Promise<Map<string, string>> {
  const sent = await tenant.send([
    cloudEvent('account.changed', 'a', {
      accountId: account,
      name: `${word} Corp`,
      segment: word,
      domains: [`${word}.test`],
      team: [{ role: 'csm', email: `csm@${word}.test` }],
    }),
    cloudEvent('user.changed', 'u', { accountId: account, userId: `${word}-user`, name: word }),
    cloudEvent('usage.recorded', 'e', { accountId: account, userId: `${word}-user`, event: `${word} viewed` }),
    cloudEvent('stakeholder.changed', 's', {
      accountId: account,
      stakeholderId: `${word}-s`,
      change: 'added',
      name: word,
    }),
    cloudEvent('ticket.changed', 't', {
      accountId: account,
      ticketId: `${word}-t`,
      change: 'escalated',
      status: 'open',
      priority: 'urgent',
      subject: word,
    }),
    cloudEvent('contract.changed', 'c', {
      accountId: account,
      contractId: `${word}-c`,
      status: 'active',
      start: inDays(-300),
      end: inDays(65),
      currency: 'USD',
      lines: [{ lineId: `${word}-l`, product: word, kind: 'recurring', arr: 1000 }],
    }),
    cloudEvent('ticket.changed', 'held', {
      accountDomain: `unknown-${word}.test`,
      ticketId: 'h',
      change: 'opened',
      status: 'open',
      priority: 'low',
    }),
    cloudEvent('ticket.changed', 'bad', { accountId: account, ticketId: word, change: word }),
  ]);
  expect(sent.status).toBe(202);
  const made = async (path: string, body: object) => {
    const answer = await tenant.call<{ id?: string; source?: { id: string } }>('POST', path, body);
    expect({ path, ...answer }).toMatchObject({ status: 201 });
    return answer.body.id ?? answer.body.source?.id ?? '';
  };
  const alertId = await eventually(async () => {
    const { body } = await tenant.get<AlertsBody>('/api/v1/alerts');
    expect(body.items.length).toBeGreaterThan(0);
    return body.items[0]!.alertId;
  });
  const first = (path: string, id: string) =>
    eventually(
      async () => {
        const { body } = await tenant.get<{ items: Record<string, string>[] }>(path);
        expect({ path, items: body.items?.length }).toMatchObject({ items: expect.any(Number) });
        expect({ path, id: body.items[0]?.[id] }).toEqual({ path, id: expect.any(String) });
        return body.items[0]?.[id] ?? '';
      },
      { timeoutMs: 20_000 },
    );
  await first('/api/v1/accounts', 'accountId');
  const url = 'http://127.0.0.1:9/';
  const destination = await made('/api/v1/destinations', { name: word, kind: 'webhook', url });
  await tenant.call('POST', `/api/v1/alerts/${alertId}/acknowledge`, { note: word });
  return new Map([
    ['/api/v1/accounts', account],
    ['/api/v1/alerts', alertId],
    ['/api/v1/renewals', await first('/api/v1/renewals', 'renewalId')],
    ['/api/v1/notes', await made(`/api/v1/accounts/${account}/notes`, { text: word })],
    ['/api/v1/destinations', destination],
    ['/api/v1/deliveries', await first('/api/v1/deliveries', 'id')],
    ['/api/v1/people', await made('/api/v1/people', { email: `p@${word}.test`, name: word, role: 'csm' })],
    ['/api/v1/api-keys', await made('/api/v1/api-keys', { name: word, role: 'viewer' })],
    ['/api/v1/sources', await made('/api/v1/sources', { name: word, kind: 'segment', mode: 'live' })],
    ['/api/v1/features', `${word}-feature`],
    ['/api/v1/signals', `${word}-signal`],
    ['/api/v1/models', await modelOf(tenant)],
    ['/api/v1/churn-models', `${word}-churn`],
    ['/api/v1/studies', await studyOf(tenant)],
    ['/api/v1/imports', await importOf(tenant)],
    ['/api/v1/erasures', await erasureOf(tenant, { kind: 'person', userIds: [`${word}-gone`], reason: word })],
  ]);
}

/** What came in is counted beside the requests, a moment later: from then on only another request changes it. */
async function counted(tenant: Tenant): Promise<void> {
  await eventually(async () => {
    const { body: names } = await tenant.get<{ total: number }>('/api/v1/catalogue');
    const { body: volume } = await tenant.get<{ items: { sent: number }[] }>('/api/v1/sources/volume');
    expect({ names: names.total, sources: volume.items.filter(({ sent }) => sent > 0).length }).toEqual({
      names: 1,
      sources: 2,
    });
  });
}

async function modelOf(tenant: Tenant): Promise<string> {
  const { body } = await tenant.get<{ model: Record<string, unknown> }>('/api/v1/models/current');
  const { version: _version, ...file } = body.model;
  const kept = await tenant.call<{ version: string }>('POST', '/api/v1/models', { model: { ...file, name: word } });
  expect(kept).toMatchObject({ status: 201 });
  return kept.body.version;
}

/** Asks for a study and waits until it is worked out. */
async function studyOf(tenant: Tenant): Promise<string> {
  const { body } = await tenant.call<{ studyId: string }>('POST', '/api/v1/last-year');
  await eventually(async () => {
    const study = await tenant.get<{ state: string }>(`/api/v1/studies/${body.studyId}`);
    expect(study.body).toMatchObject({ state: 'done' });
  });
  return body.studyId;
}

async function importOf(tenant: Tenant): Promise<string> {
  const files = { name: word, kind: 'csv', mode: 'import' };
  const { body } = await tenant.call<{ source: { id: string } }>('POST', '/api/v1/sources', files);
  const response = await fetch(`${stack.urls.gateway}/api/v1/sources/${body.source.id}/imports?kind=accounts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant.apiKey}`, 'content-type': 'text/csv' },
    body: `id,name\n${account},${word}\n`,
  });
  const made = (await response.json()) as { id: string; state: string };
  expect(made).toMatchObject({ state: 'done', accepted: 1 });
  return made.id;
}

/** Asks for an erasure and waits until every service has done it. */
async function erasureOf(tenant: Tenant, asked: object): Promise<string> {
  const { status, body } = await tenant.call<{ id: string }>('POST', '/api/v1/erasures', asked);
  expect([status, body]).toMatchObject([202, { state: 'running' }]);
  await eventually(
    async () => {
      const erasure = await tenant.get<{ state: string }>(`/api/v1/erasures/${body.id}`);
      expect(erasure.body).toMatchObject({ state: 'done' });
    },
    { timeoutMs: 60_000 },
  );
  return body.id;
}

/** An answer as text; of an endless one, what comes in its first moment. */
async function ask(tenant: Tenant, method: string, path: string, body?: unknown): Promise<Seen> {
  const response = await fetch(stack.urls.gateway + path, {
    method,
    headers: {
      authorization: `Bearer ${tenant.apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.headers.get('content-type')?.includes('event-stream'))
    return { status: response.status, text: await response.text() };
  const reader = response.body?.getReader();
  const moment = sleep(500, undefined);
  const first = await Promise.race([reader?.read(), moment]);
  await reader?.cancel();
  return { status: response.status, text: first?.value ? new TextDecoder().decode(first.value) : '' };
}

/** What an answer says beside what we sent ourselves and what is different in every answer. */
const said = ({ status, text }: Seen, sent: string): string =>
  `${status} ${text.replaceAll(sent, '…').replaceAll(/"traceId":"\w*",?/g, '')}`;

const parameter = /\{[^}]+\}/g;
const isOfTheirs = (path: string): string => {
  const id = idsOfTheirs.get(path.slice(0, path.indexOf('/{')));
  if (id === undefined) throw new Error(`${path} is new: say which id of the other tenant leads there.`);
  return id;
};

/** Everything that the other tenant can read, without what the clock changes. */
async function allOfTheirs(): Promise<string[]> {
  const reads = routes.filter(({ method, path }) => method === 'GET' && path !== '/api/v1/live');
  const volatile = /"(asOf|lastUsedAt|traceId|updatedAt|nextAttemptAt|attempts)":("[^"]*"|\[[^\]]*\]|\w+)/g;
  return Promise.all(
    reads.map(async ({ path }) => {
      const full = path.includes('{') ? path.replaceAll(parameter, isOfTheirs(path)) : path;
      const { status, text } = await ask(theirs, 'GET', full);
      return `${full} ${status} ${text.replaceAll(volatile, '')}`;
    }),
  );
}

describe('Of two tenants', () => {
  it('every service tells its routes', () => {
    for (const path of [
      '/api/v1/sources',
      '/api/v1/alerts',
      '/api/v1/renewals',
      '/api/v1/destinations',
      '/api/v1/accounts',
    ])
      expect(routes.map((route) => route.path)).toContain(path);
    expect(routes.length).toBeGreaterThan(40);
  });

  it('none sees or changes anything of the other on any route, and what is the other’s is as absent', async () => {
    const before = await allOfTheirs();
    expect(before.filter((text) => text.includes(word)).length).toBeGreaterThan(10);
    const leaks: string[] = [];
    const differences: string[] = [];
    const look = (route: string, answer: Seen, sent: string) => {
      if (said(answer, sent).toLowerCase().includes(word)) leaks.push(`${route}: ${answer.text.slice(0, 200)}`);
      if (answer.status >= 500) differences.push(`${route}: ${answer.status}`);
    };
    for (const { method, path, query, body } of routes) {
      const name = `${method} ${path}`;
      if (!path.includes('{')) {
        look(name, await ask(mine, method, path, body(account)), account);
        for (const each of method === 'GET' ? query : []) {
          const value = each === 'accountId' || each === 'search' ? account : idFor(each);
          look(`${name}?${each}`, await ask(mine, method, `${path}?${each}=${value}`), value);
        }
        continue;
      }
      const id = isOfTheirs(path);
      const absent = /^[0-9a-f-]{36}$/.test(id) ? randomUUID() : `absent-${id.length}`;
      const other = await ask(mine, method, path.replaceAll(parameter, id), body(account));
      const none = await ask(mine, method, path.replaceAll(parameter, absent), body(account));
      look(name, other, id);
      if (said(other, id) !== said(none, absent)) differences.push(`${name}: ${other.text} but ${none.text}`);
      if (method === 'GET' && other.status !== 404) differences.push(`${name}: ${other.status}, not 404`);
    }
    expect(leaks).toEqual([]);
    expect(differences).toEqual([]);
    expect(await allOfTheirs()).toEqual(before);
  });
});

/** For a filter that takes ids: one of the other tenant's. */
function idFor(name: string): string {
  const prefix = name === 'destinationId' ? '/api/v1/destinations' : '/api/v1/alerts';
  return idsOfTheirs.get(prefix) ?? '';
}

interface Table {
  readonly schema: string;
  readonly name: string;
  readonly owner: string;
  readonly tenant: boolean;
  readonly forced: boolean;
  readonly policies: readonly { readonly using: string | null; readonly check: string | null }[];
}

const tablesQuery = `
  select n.nspname as schema, c.relname as name, pg_get_userbyid(c.relowner) as owner,
    exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as tenant,
    c.relrowsecurity and c.relforcerowsecurity as forced,
    (select coalesce(json_agg(json_build_object('using', pg_get_expr(p.polqual, p.polrelid), 'check',
      pg_get_expr(p.polwithcheck, p.polrelid))), '[]') from pg_policy p where p.polrelid = c.oid) as policies
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')`;

describe.each(services)('The database of %s', (service) => {
  const app = `tenure_${service}_app`;
  let client: Client;
  let tables: Table[];

  beforeAll(async () => {
    const url = new URL(stack.postgresUrl);
    url.pathname = `/tenure_${service}`;
    client = new Client(url.href);
    await client.connect();
    tables = (await client.query<Table>(tablesQuery)).rows;
  });
  afterAll(() => client?.end());

  it('holds tenants’ data in public behind forced row-level security, and the machinery’s elsewhere', () => {
    const mineAs = `tenant_id = ANY`;
    const faults = tables.flatMap(({ schema, name, tenant, forced, policies }) => {
      if (schema === 'system' || schema === 'jobs') return [];
      if (schema !== 'public') return [`${schema}.${name} stands in a schema that nobody knows`];
      if (!tenant) return [`${name} has no tenant_id`];
      const guarded =
        policies.length > 0 && policies.every(({ using, check }) => using?.includes(mineAs) && check === using);
      return forced && guarded ? [] : [`${name} is not guarded: ${JSON.stringify(policies)}`];
    });
    expect(faults).toEqual([]);
    expect(tables.filter(({ schema }) => schema === 'public').length).toBeGreaterThan(1);
  });

  it('gives the service a role that owns nothing and gets around nothing', async () => {
    expect(tables.filter(({ owner }) => owner === app)).toEqual([]);
    const { rows } = await client.query(
      'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = $1',
      [app],
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }]);
    const { rows: member } = await client.query(
      'select pg_get_userbyid(roleid) as role from pg_auth_members where member = $1::regrole',
      [app],
    );
    expect(member).toEqual([]);
  });

  it('shows no row to a transaction without tenants, and only its own to one with', async () => {
    const guarded = tables.filter(({ schema, tenant }) => schema === 'public' && tenant).map(({ name }) => name);
    const count = async (where = '') => {
      const counts = guarded.map((name) => `select '${name}' as name, count(*)::int as n from "${name}" ${where}`);
      const { rows } = await client.query<{ name: string; n: number }>(counts.join(' union all '));
      return rows.filter(({ n }) => n > 0);
    };
    expect((await count(`where tenant_id = '${theirs.id}'`)).length).toBeGreaterThan(0);
    await client.query('begin');
    try {
      await client.query(`set local role "${app}"`);
      expect(await count()).toEqual([]);
      await client.query(`select set_config('tenure.tenants', $1, true)`, [mine.id]);
      expect(await count(`where tenant_id <> '${mine.id}'`)).toEqual([]);
    } finally {
      await client.query('rollback');
    }
  });
});

describe('A person who is erased', () => {
  /** All that they are known by, and what their profiles say of them beside. */
  const known = {
    userIds: ['usr-zelda-19', 'usr-zelda-old'],
    stakeholderIds: ['stk-zelda-4'],
    emails: ['zelda.quint@forgetme.test', 'zq@private-mail.test'],
    names: ['Zelda Quint', 'Zelda Quint-Moreau'],
    otherIds: ['+49 170 5557788', 'crm-003zelda', 'anon-zelda-7'],
  };
  const beside = ['Chief Zebra Officer', 'zebra-office-12', 'zelda-linkedin'];
  const texts = [...Object.values(known).flat(), ...beside].map((text) => text.toLowerCase());
  const at = { accountId: 'own' };
  const person = { userId: 'usr-zelda-19', email: 'Zelda.Quint@forgetme.test' };

  const plant = (run: string) => [
    cloudEvent('user.changed', `${run}-u`, {
      ...at,
      ...person,
      anonymousId: 'anon-zelda-7',
      previousId: 'usr-zelda-old',
      name: 'Zelda Quint',
      title: 'Chief Zebra Officer',
      traits: { phone: '+49 170 5557788', room: 'zebra-office-12' },
    }),
    cloudEvent('usage.recorded', `${run}-e`, {
      ...at,
      userId: 'usr-zelda-19',
      event: 'Opened',
      properties: { by: 'zq@private-mail.test' },
    }),
    cloudEvent('usage.recorded', `${run}-e2`, { ...at, userId: 'usr-bystander', event: 'Opened' }),
    cloudEvent('stakeholder.changed', `${run}-s`, {
      ...at,
      stakeholderId: 'stk-zelda-4',
      change: 'added',
      name: 'Zelda Quint-Moreau',
      email: 'zq@private-mail.test',
      title: 'Chief Zebra Officer',
      roles: ['champion'],
      externalIds: { linkedin: 'zelda-linkedin', crm: 'crm-003zelda' },
    }),
    cloudEvent('ticket.changed', `${run}-t`, {
      ...at,
      ticketId: 'T-zelda',
      change: 'escalated',
      status: 'open',
      priority: 'urgent',
      subject: 'Zelda Quint cannot sign in',
      requesterId: 'usr-zelda-19',
      requesterEmail: 'zelda.quint@forgetme.test',
    }),
    cloudEvent('survey.responded', `${run}-r`, {
      ...at,
      ...person,
      responseId: 'R-1',
      kind: 'nps',
      score: 2,
      comment: 'Call me: +49 170 5557788, Zelda Quint',
    }),
    cloudEvent('touchpoint.recorded', `${run}-m`, {
      ...at,
      touchpointId: 'M-1',
      kind: 'call',
      outcome: 'held',
      startAt: new Date().toISOString(),
      attendees: [{ email: 'zq@private-mail.test', stakeholderId: 'stk-zelda-4', attended: true }],
    }),
    cloudEvent('ticket.changed', `${run}-held`, {
      accountDomain: 'unknown-forgetme.test',
      ticketId: 'T-held',
      change: 'opened',
      status: 'open',
      priority: 'low',
      requesterEmail: 'zelda.quint@forgetme.test',
    }),
    cloudEvent('user.changed', `${run}-bad`, { ...at, ...person, active: 'perhaps' }),
  ];

  /** Every row of every table of every service that names them, by service and table. */
  async function hits(): Promise<string[]> {
    const found: string[] = [];
    for (const service of services) {
      const url = new URL(stack.postgresUrl);
      url.pathname = `/tenure_${service}`;
      const client = new Client(url.href);
      await client.connect();
      const { rows } = await client.query<{ name: string }>(
        `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind = 'r' and n.nspname in ('public', 'system')`,
      );
      for (const { name } of rows) {
        const told = await client.query<{ row: string }>(`select lower(t::text) as row from ${name} t`);
        for (const { row } of told.rows) {
          const bytes = row.replaceAll(/\\x([0-9a-f]{2,})/g, (_, hex: string) =>
            Buffer.from(hex, 'hex').toString('utf8').toLowerCase(),
          );
          const text = texts.find((each) => bytes.includes(each));
          if (text !== undefined) found.push(`${service} ${name}: ${text}`);
        }
      }
      await client.end();
    }
    return found;
  }
  const usage = async () =>
    (
      await mine.get<{ days: { events: number; activeUsers: number }[] }>(
        `/api/v1/accounts/own/usage?from=${inDays(-2)}&to=${inDays(1)}`,
      )
    ).body.days.find(({ events }) => events > 0);

  it('is in no table of any service, counts as somebody still, and does not come back', async () => {
    expect((await mine.send(plant('first'))).status).toBe(202);
    await mine.call('POST', '/api/v1/accounts/own/notes', { text: 'Spoke with Zelda Quint (zq@private-mail.test)' });
    await eventually(async () => expect(await usage()).toMatchObject({ events: 2, activeUsers: 2 }), {
      timeoutMs: 30_000,
    });
    await eventually(
      async () => {
        const before = new Set((await hits()).map((hit) => hit.split(' ')[0]));
        expect([...before]).toEqual(expect.arrayContaining(['ingestion', 'health', 'reporting']));
      },
      { timeoutMs: 30_000 },
    );
    await erasureOf(mine, { kind: 'person', ...known });
    expect(await hits()).toEqual([]);
    expect(await usage()).toMatchObject({ events: 2, activeUsers: 2 });

    expect((await mine.send(plant('second'))).status).toBe(202);
    await eventually(async () => expect(await usage()).toMatchObject({ events: 4, activeUsers: 2 }), {
      timeoutMs: 30_000,
    });
    await sleep(2_000);
    expect(await hits()).toEqual([]);
  });
});
