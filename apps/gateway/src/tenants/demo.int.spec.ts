import { generateKeyPairSync } from 'node:crypto';
import { platformMigrations, revertMigration, roleOf, runMigrations } from '@tenure/platform';
import { freshDatabase, startTestService, type TestDatabase } from '@tenure/testing';
import { service } from '../gateway.service';

const migrations = [...platformMigrations, ...service.migrations];
let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase('gateway', migrations);
});

afterAll(() => database?.drop());

/** Runs the gateway on the suite's database for as long as `work` takes. */
async function withGateway(demo: '0' | '1', work: (url: string) => Promise<void>): Promise<void> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const signing = { ...privateKey.export({ format: 'jwk' }), kid: 'test' };
  const { d: _private, ...published } = signing;
  const env = {
    TENURE_TOKEN_PUBLIC_KEYS: JSON.stringify({ keys: [published] }),
    TENURE_TOKEN_PRIVATE_KEY: JSON.stringify(signing),
    TENURE_DEMO: demo,
    LOG_LEVEL: 'fatal',
  };
  const gateway = await startTestService('gateway', service, { env, database });
  try {
    await work(gateway.url);
  } finally {
    await gateway.stop();
  }
}

const byKey = (url: string) => fetch(`${url}/api/v1/people`, { headers: { authorization: 'Bearer demo-api-key' } });

async function byPassword(url: string): Promise<{ status: number; cookie: string }> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'demo@tenure.local', password: 'demo-tenure' }),
  });
  return { status: response.status, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' };
}

describe('The demo', () => {
  it('has six CSMs, a password and a key; without the switch its data opens to neither, with it again to both', async () => {
    let cookie = '';
    await withGateway('1', async (url) => {
      const people = (await (await byKey(url)).json()) as { items: { role: string }[] };
      expect(people.items.filter((person) => person.role === 'csm')).toHaveLength(6);
      const signedIn = await byPassword(url);
      expect(signedIn.status).toBe(204);
      cookie = signedIn.cookie;
    });
    await withGateway('0', async (url) => {
      expect((await byKey(url)).status).toBe(401);
      expect((await byPassword(url)).status).toBe(401);
      expect((await fetch(`${url}/api/v1/me`, { headers: { cookie } })).status).toBe(401);
      expect((await fetch(`${url}/operator/v1/tenants`, { method: 'POST' })).status).toBe(404);
    });
    await withGateway('1', async (url) => {
      expect((await byKey(url)).status).toBe(200);
      expect((await byPassword(url)).status).toBe(204);
    });
  });
});

describe('The schema', () => {
  it('goes one version back, and on again', async () => {
    const target = { ownerUrl: database.ownerUrl, appRole: roleOf(database.url) };
    const names = migrations.map(({ name }) => name).sort((a, b) => Number(a.slice(-13)) - Number(b.slice(-13)));
    const newest = names.at(-1);
    await revertMigration(target, migrations);
    expect(await runMigrations(target, migrations)).toEqual([newest]);
  });
});
