import { generateKeyPairSync } from 'node:crypto';
import { eventually, FixedClock, startTestService, type TestService } from '@tenure/testing';
import { Client } from 'pg';
import { service } from '../gateway.service';

const minute = 60_000;
const hour = 60 * minute;
const clock = new FixedClock('2026-03-02T09:00:00Z');
let gateway: TestService;

beforeAll(async () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const signing = { ...privateKey.export({ format: 'jwk' }), kid: 'test' };
  const { d: _private, ...published } = signing;
  const env = {
    TENURE_TOKEN_PUBLIC_KEYS: JSON.stringify({ keys: [published] }),
    TENURE_TOKEN_PRIVATE_KEY: JSON.stringify(signing),
    TENURE_DEMO: '1',
    LOG_LEVEL: 'fatal',
  };
  gateway = await startTestService('gateway', service, { env, clock });
});

afterAll(() => gateway?.stop());

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(gateway.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

const signIn = (email: string, password: string) => post('/api/v1/session', { email, password });
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? '';
const meWith = (cookie: string) => fetch(`${gateway.url}/api/v1/me`, { headers: { cookie } });
const asAdmin = { authorization: 'Bearer demo-api-key' };

/** A person who has just been invited, with the token of their link. */
async function invite(name: string): Promise<{ id: string; email: string; token: string }> {
  const email = `${name}@tenure.local`;
  const response = await post('/api/v1/people', { email, name, role: 'csm' }, asAdmin);
  expect(response.status).toBe(201);
  const { id, signInLink } = (await response.json()) as { id: string; signInLink: string };
  return { id, email, token: new URL(signInLink).searchParams.get('token') ?? '' };
}

async function withPassword(name: string, password: string) {
  const person = await invite(name);
  const response = await post('/api/v1/session/link', { token: person.token, password });
  expect(response.status).toBe(204);
  return { ...person, cookie: cookieOf(response) };
}

describe('Signing in', () => {
  it('opens a session that says who and where one is', async () => {
    const response = await signIn(' Demo@Tenure.local ', 'demo-tenure');
    expect(response.status).toBe(204);
    expect(response.headers.get('set-cookie')).toMatch(/^tenure_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax;/);
    expect(await (await meWith(cookieOf(response))).json()).toEqual({
      person: { id: 'demo-admin', email: 'demo@tenure.local', name: 'Dana Demo', role: 'admin' },
      tenant: { id: 'demo', name: 'Tenure Demo', timeZone: 'UTC', currency: 'USD', fiscalYearStart: 1 },
    });
  });

  it('answers the same to a wrong password and to a person who is not there', async () => {
    const wrong = await signIn('amara@tenure.local', 'wrong');
    const absent = await signIn('nobody@tenure.local', 'wrong');
    expect([wrong.status, absent.status]).toEqual([401, 401]);
    expect(await wrong.json()).toEqual(await absent.json());
  });

  it('is refused from a page of another site', async () => {
    const body = { email: 'demo@tenure.local', password: 'demo-tenure' };
    expect((await post('/api/v1/session', body, { origin: 'https://evil.example' })).status).toBe(403);
  });

  it('locks an e-mail address after five wrong passwords, also for the right one, for fifteen minutes', async () => {
    const { email } = await withPassword('locked', 'right password');
    const answers = await Promise.all(Array.from({ length: 12 }, () => signIn(email, 'wrong password')));
    const statuses = answers.map((answer) => String(answer.status)).sort();
    expect(statuses).toEqual([...Array<string>(5).fill('401'), ...Array<string>(7).fill('429')]);

    const refused = await signIn(email, 'right password');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '900']);
    expect((await signIn('demo@tenure.local', 'demo-tenure')).status).toBe(204);
    clock.advance(15 * minute);
    expect((await signIn(email, 'right password')).status).toBe(204);
  });

  it('locks an address that tries many people', async () => {
    clock.advance(hour);
    await Promise.all(Array.from({ length: 30 }, (_, at) => signIn(`guess-${at}@tenure.local`, 'password')));
    expect((await signIn('demo@tenure.local', 'demo-tenure')).status).toBe(429);
    clock.advance(15 * minute);
    expect((await signIn('demo@tenure.local', 'demo-tenure')).status).toBe(204);
  });
});

describe('A sign-in link', () => {
  it('is good once, even for two at the same time', async () => {
    const { token } = await invite('twice');
    const answers = await Promise.all([1, 2, 3].map(() => post('/api/v1/session/link', { token })));
    expect(answers.map((answer) => String(answer.status)).sort()).toEqual(['204', '410', '410']);
  });

  it('is good for a day', async () => {
    const { token } = await invite('late');
    clock.advance(24 * hour);
    expect((await post('/api/v1/session/link', { token })).status).toBe(410);
  });

  it('is useless once a newer one was made', async () => {
    const { id, token } = await invite('again');
    const made = await post(`/api/v1/people/${id}/sign-in-link`, {}, asAdmin);
    expect(made.status).toBe(201);
    expect((await post('/api/v1/session/link', { token })).status).toBe(410);
  });

  it('sets a password, which ends the sessions that were open', async () => {
    const person = await withPassword('reset', 'first password');
    expect((await meWith(person.cookie)).status).toBe(200);
    const made = await post(`/api/v1/people/${person.id}/sign-in-link`, {}, asAdmin);
    const token = new URL(((await made.json()) as { signInLink: string }).signInLink).searchParams.get('token');
    const answer = await post('/api/v1/session/link', { token, password: 'second password' });
    expect((await meWith(cookieOf(answer))).status).toBe(200);
    await eventually(async () => expect((await meWith(person.cookie)).status).toBe(401));
    expect((await signIn(person.email, 'first password')).status).toBe(401);
    expect((await signIn(person.email, 'second password')).status).toBe(204);
  });

  it('refuses a short password and stays good', async () => {
    const { token } = await invite('short');
    const refused = await post('/api/v1/session/link', { token, password: 'short' });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ code: 'invalid', errors: [{ pointer: '/password' }] });
    expect((await post('/api/v1/session/link', { token, password: 'long enough' })).status).toBe(204);
  });
});

describe('A session', () => {
  it('ends with the sign-out, within five seconds everywhere', async () => {
    const { cookie } = await withPassword('leaver', 'some password');
    expect((await meWith(cookie)).status).toBe(200);
    const out = await fetch(`${gateway.url}/api/v1/session`, {
      method: 'DELETE',
      headers: { cookie, 'x-tenure-csrf': '1' },
    });
    expect([out.status, out.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    await eventually(async () => expect((await meWith(cookie)).status).toBe(401), { timeoutMs: 5_000 });
  });

  it('ends when its person is deactivated, who then cannot sign in', async () => {
    const { id, email, cookie } = await withPassword('fired', 'some password');
    expect((await meWith(cookie)).status).toBe(200);
    const change = await fetch(`${gateway.url}/api/v1/people/${id}`, {
      method: 'PATCH',
      headers: { ...asAdmin, 'content-type': 'application/json' },
      body: JSON.stringify({ active: false }),
    });
    expect(change.status).toBe(200);
    await eventually(async () => expect((await meWith(cookie)).status).toBe(401), { timeoutMs: 5_000 });
    expect((await signIn(email, 'some password')).status).toBe(401);
  });

  it('lives on with use, and ends twelve hours after the last', async () => {
    const { cookie } = await withPassword('idle', 'some password');
    clock.advance(11 * hour);
    await eventually(async () => expect((await meWith(cookie)).status).toBe(200));
    await forgetCallers();
    clock.advance(11 * hour);
    expect((await meWith(cookie)).status).toBe(200);
    await forgetCallers();
    clock.advance(12 * hour);
    expect((await meWith(cookie)).status).toBe(401);
  });

  it('writes only with the custom header, and from a page of ours', async () => {
    const cookie = cookieOf(await signIn('demo@tenure.local', 'demo-tenure'));
    const patch = (headers: Record<string, string>) =>
      fetch(`${gateway.url}/api/v1/settings`, {
        method: 'PATCH',
        headers: { cookie, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ fiscalYearStart: 2 }),
      });
    expect((await patch({})).status).toBe(403);
    expect((await patch({ 'x-tenure-csrf': '1', origin: 'https://evil.example' })).status).toBe(403);
    expect((await patch({ 'x-tenure-csrf': '1', origin: gateway.url })).status).toBe(200);
  });
});

describe('The database', () => {
  it('holds no secret that works: no password, session, link or key', async () => {
    const { token, cookie } = { ...(await invite('dump')), ...(await withPassword('dumped', 'a secret password')) };
    const client = new Client({ connectionString: gateway.db.adminUrl });
    await client.connect();
    const tables = ['logins', 'sessions', 'sign_in_links', 'key_secrets', 'idempotency'].map(
      (name) => `system.${name}`,
    );
    const dump: string[] = [];
    for (const table of [...tables, 'people'])
      dump.push(JSON.stringify((await client.query(`select * from ${table}`)).rows));
    await client.end();
    const secrets = [token, cookie.slice('tenure_session='.length), 'a secret password'];
    for (const secret of secrets) expect(dump.join('')).not.toContain(secret);
  });
});

/** Makes the gateway look callers up again, as a change of anybody's rights does. */
async function forgetCallers(): Promise<void> {
  const client = new Client({ connectionString: gateway.db.url });
  await client.connect();
  await client.query(`notify tenure_identity`);
  await client.end();
  await new Promise((resolve) => setTimeout(resolve, 300));
}
