import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { roles, tenantChanged, topics, validateData, type TenantChanged } from '@tenure/contracts';
import { eventually, startTestService, type TestService } from '@tenure/testing';
import { service } from '../gateway.service';

const operatorToken = 'operator-token-of-this-test';

interface NewTenant {
  readonly tenantId: string;
  readonly signInLink: string;
  readonly apiKey: string;
  readonly writeKey: string | null;
}

let gateway: TestService;
let acme: NewTenant;
let globex: NewTenant;

beforeAll(async () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const signing = { ...privateKey.export({ format: 'jwk' }), kid: 'test' };
  const { d: _private, ...published } = signing;
  const env = {
    TENURE_TOKEN_PUBLIC_KEYS: JSON.stringify({ keys: [published] }),
    TENURE_TOKEN_PRIVATE_KEY: JSON.stringify(signing),
    TENURE_OPERATOR_TOKEN: operatorToken,
    TENURE_INGESTION_URL: 'http://127.0.0.1:9',
    RATE_LIMIT_PER_MINUTE: '0',
    LOG_LEVEL: 'fatal',
  };
  gateway = await startTestService('gateway', service, { env });
  acme = await created({ name: 'Acme Inc.', adminEmail: 'ada@acme.example' });
  globex = await created({ name: 'Globex', id: 'globex', adminEmail: 'gil@globex.example' });
});

afterAll(() => gateway?.stop());

function call(method: string, path: string, bearer: string, body?: unknown): Promise<Response> {
  return fetch(gateway.url + path, {
    method,
    headers: {
      authorization: `Bearer ${bearer}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function created(tenant: object): Promise<NewTenant> {
  const response = await call('POST', '/operator/v1/tenants', operatorToken, tenant);
  expect(response.status).toBe(201);
  return (await response.json()) as NewTenant;
}

async function json<T>(response: Promise<Response> | Response): Promise<T> {
  return (await (await response).json()) as T;
}

const newKey = (owner: NewTenant, role: string) =>
  json<{ id: string; key: string; prefix: string }>(
    call('POST', '/api/v1/api-keys', owner.apiKey, { name: `A ${role}`, role }),
  );

describe('The operator', () => {
  it('makes a tenant, whose id comes from its name, with a link and a key', async () => {
    expect(acme).toEqual({
      tenantId: expect.stringMatching(/^acme-inc-[0-9a-f]{6}$/),
      signInLink: expect.stringMatching(/^http:\/\/localhost:4000\/sign-in\?token=[\w-]{43}$/),
      apiKey: expect.stringMatching(/^tnr_[0-9a-f]{12}_[\w-]{43}$/),
      writeKey: null,
    });
    expect(await json(call('GET', '/api/v1/me', acme.apiKey))).toMatchObject({ tenant: { id: acme.tenantId } });
  });

  it('has a token of its own, which is no key of a tenant, and no tenant’s key is it', async () => {
    const body = { name: 'X', adminEmail: 'x@x.example' };
    for (const token of ['wrong', acme.apiKey, `${operatorToken} `.trim().slice(1)]) {
      expect((await call('POST', '/operator/v1/tenants', token, body)).status).toBe(401);
    }
    expect((await call('GET', '/api/v1/me', operatorToken)).status).toBe(401);
  });

  it('cannot take an id or an e-mail address twice, and leaves nothing half made', async () => {
    const again = { name: 'G', id: 'globex', adminEmail: 'other@globex.example' };
    expect((await call('POST', '/operator/v1/tenants', operatorToken, again)).status).toBe(409);
    const taken = { name: 'Half', id: 'half', adminEmail: 'ada@acme.example' };
    const refused = await call('POST', '/operator/v1/tenants', operatorToken, taken);
    expect([refused.status, await refused.json()]).toMatchObject([409, { pointer: '/email' }]);
    expect(
      (await call('POST', '/operator/v1/tenants', operatorToken, { ...taken, adminEmail: 'h@half.example' })).status,
    ).toBe(201);
  });
});

describe('Tenants', () => {
  it('see their own people and keys only', async () => {
    const people = await json<{ items: { email: string }[] }>(call('GET', '/api/v1/people', acme.apiKey));
    expect(people.items.map((person) => person.email)).toEqual(['ada@acme.example']);
    const keys = await json<{ items: { name: string }[] }>(call('GET', '/api/v1/api-keys', globex.apiKey));
    expect(keys.items).toHaveLength(1);
  });

  it('cannot touch each other’s: it is as if they were not there', async () => {
    const { items } = await json<{ items: { id: string }[] }>(call('GET', '/api/v1/people', globex.apiKey));
    const gil = items[0]?.id ?? '';
    const other = await call('PATCH', `/api/v1/people/${gil}`, acme.apiKey, { name: 'Mine' });
    const absent = await call('PATCH', '/api/v1/people/nobody', acme.apiKey, { name: 'Mine' });
    expect([other.status, await other.json()]).toEqual([absent.status, await absent.json()]);
    expect((await call('POST', `/api/v1/people/${gil}/sign-in-link`, acme.apiKey, {})).status).toBe(404);
    const key = await newKey(globex, 'viewer');
    expect((await call('DELETE', `/api/v1/api-keys/${key.id}`, acme.apiKey)).status).toBe(404);
    expect((await call('GET', '/api/v1/me', key.key)).status).toBe(200);
  });

  it('keep at least one admin', async () => {
    const { items } = await json<{ items: { id: string }[] }>(call('GET', '/api/v1/people', acme.apiKey));
    const path = `/api/v1/people/${items[0]?.id}`;
    expect((await call('PATCH', path, acme.apiKey, { role: 'csm' })).status).toBe(409);
    expect((await call('PATCH', path, acme.apiKey, { active: false })).status).toBe(409);
  });

  it('list their people by pages', async () => {
    for (const name of ['bo', 'cy', 'di']) {
      const body = { email: `${name}@acme.example`, name, role: 'csm' };
      expect((await call('POST', '/api/v1/people', acme.apiKey, body)).status).toBe(201);
    }
    interface Page {
      items: { name: string }[];
      nextCursor: string | null;
    }
    const first = await json<Page>(call('GET', '/api/v1/people?limit=3', acme.apiKey));
    const second = await json<Page>(call('GET', `/api/v1/people?limit=3&cursor=${first.nextCursor}`, acme.apiKey));
    expect([...first.items, ...second.items].map((person) => person.name)).toEqual(['ada', 'bo', 'cy', 'di']);
    expect(second.nextCursor).toBeNull();
  });

  it('publish their settings with each change', async () => {
    const changed = await call('PATCH', '/api/v1/settings', acme.apiKey, {
      timeZone: 'Europe/Prague',
      currency: 'EUR',
    });
    expect(await changed.json()).toMatchObject({ timeZone: 'Europe/Prague', currency: 'EUR', fiscalYearStart: 1 });
    expect((await call('PATCH', '/api/v1/settings', acme.apiKey, { timeZone: 'Mars/Olympus' })).status).toBe(400);
    expect((await call('PATCH', '/api/v1/settings', acme.apiKey, { tenantId: 'globex' })).status).toBe(400);

    const topic = await gateway.kafka.consume(topics.tenantChanges);
    const events = await topic.waitFor<TenantChanged>(
      1,
      (event) => event.tenantid === acme.tenantId && event.data.version === 2,
    );
    expect(events[0]?.data).toMatchObject({ name: 'Acme Inc.', timeZone: 'Europe/Prague', currency: 'EUR' });
    expect(new Set(events.map((event) => event.partitionkey))).toEqual(new Set([`${acme.tenantId}:tenant`]));
    for (const { data } of events) expect(validateData(tenantChanged, data)).toEqual({ ok: true });
  });
});

describe('An API key', () => {
  it('is shown once, and its use is noted', async () => {
    const { id, key, prefix } = await newKey(acme, 'viewer');
    expect(key.startsWith(`${prefix}_`)).toBe(true);
    expect((await call('GET', '/api/v1/me', key)).status).toBe(200);
    const listed = await call('GET', '/api/v1/api-keys', acme.apiKey);
    const text = await listed.text();
    expect(text).not.toContain(key);
    const { items } = JSON.parse(text) as { items: { id: string; lastUsedAt: string | null }[] };
    expect(items.find((item) => item.id === id)?.lastUsedAt).toEqual(expect.any(String));
  });

  it('opens nothing within five seconds of its end', async () => {
    const { id, key } = await newKey(acme, 'admin');
    expect((await call('GET', '/api/v1/me', key)).status).toBe(200);
    expect((await call('DELETE', `/api/v1/api-keys/${id}`, acme.apiKey)).status).toBe(204);
    await eventually(async () => expect((await call('GET', '/api/v1/me', key)).status).toBe(401), { timeoutMs: 5_000 });
    expect((await call('DELETE', `/api/v1/api-keys/${id}`, acme.apiKey)).status).toBe(404);
  });

  it('of the demo opens nothing where there is no demo', async () => {
    expect((await call('GET', '/api/v1/me', 'demo-api-key')).status).toBe(401);
  });

  it('may do what its role may, on every route', async () => {
    const rights: [string, string, unknown, readonly string[]][] = [
      ['GET', '/api/v1/me', undefined, roles],
      ['GET', '/api/v1/settings', undefined, roles],
      ['GET', '/api/v1/people', undefined, roles],
      ['PATCH', '/api/v1/settings', {}, ['admin']],
      ['POST', '/api/v1/people', {}, ['admin']],
      ['PATCH', '/api/v1/people/nobody', {}, ['admin']],
      ['POST', '/api/v1/people/nobody/sign-in-link', {}, ['admin']],
      ['GET', '/api/v1/api-keys', undefined, ['admin']],
      ['POST', '/api/v1/api-keys', {}, ['admin']],
      ['DELETE', '/api/v1/api-keys/nothing', undefined, ['admin']],
    ];
    for (const role of roles) {
      const { key } = await newKey(globex, role);
      for (const [method, path, body, allowed] of rights) {
        const { status } = await call(method, path, key, body);
        expect(`${role} ${method} ${path} ${status !== 403}`).toBe(
          `${role} ${method} ${path} ${allowed.includes(role)}`,
        );
      }
    }
    for (const [method, path, body] of rights)
      expect((await call(method, path, `tnr_${randomUUID()}`, body)).status).toBe(401);
  });
});
