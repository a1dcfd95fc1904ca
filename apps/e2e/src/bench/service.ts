import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { resolve } from 'node:path';

import { eventually, freshDatabase, type TestDatabase, type TestKafka } from '@tenure/testing';

import type { Child, Children } from './children';
import { memoryOf } from './process-facts';

export const serviceNames = ['gateway', 'ingestion', 'health', 'renewals', 'notifications', 'reporting'] as const;
export type ServiceName = (typeof serviceNames)[number];

/** A real service, built, in a process and on a database of its own. */
export interface Service {
  readonly url: string;
  readonly db: TestDatabase;
  readonly process: Child;
  memory(): ReturnType<typeof memoryOf>;
  stop(): Promise<void>;
}

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const signingKey = { ...privateKey.export({ format: 'jwk' }), kid: 'bench' };
const publicKeys = { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'bench' }] };

export interface ServiceOptions {
  /** Default: an empty one of its own. */
  readonly database?: TestDatabase;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a service as production does, from its build; it migrates its database first. Resolves once it is ready. */
export async function startService(
  children: Children,
  name: ServiceName,
  kafka: TestKafka,
  { database, env = {} }: ServiceOptions = {},
): Promise<Service> {
  const main = resolve(__dirname, `../../../${name}/dist/main.js`);
  if (!existsSync(main)) throw new Error(`${main} is not there: build first.`);
  const db = database ?? (await freshDatabase(`bench_${name}`, []));
  const port = await freePort();
  const child = children.start(main, { env: { ...environment(name, port, db, kafka), ...env } });
  const url = `http://127.0.0.1:${port}`;
  await Promise.race([child.message(), ready(url)]);
  const stop = async (): Promise<void> => {
    await child.stop();
    await db.drop();
  };
  return { url, db, process: child, memory: () => memoryOf(child.pid), stop };
}

async function ready(url: string): Promise<void> {
  await eventually(
    async () => {
      const answer = await fetch(`${url}/health/ready`);
      if (!answer.ok) throw new Error(`It is not ready: ${await answer.text()}`);
    },
    { timeoutMs: 60_000, everyMs: 100 },
  );
}

function environment(name: ServiceName, port: number, db: TestDatabase, kafka: TestKafka): Record<string, string> {
  return {
    ...kafka.env,
    PORT: String(port),
    DATABASE_URL: db.url,
    DATABASE_OWNER_URL: db.ownerUrl,
    TENURE_TOKEN_PUBLIC_KEYS: JSON.stringify(publicKeys),
    ...(name === 'gateway' && { TENURE_TOKEN_PRIVATE_KEY: JSON.stringify(signingKey) }),
    // The demo's write key spares the benchmark a tenant of its own.
    TENURE_DEMO: '1',
    // On a busy machine Kafka is slow, not away.
    KAFKA_SILENCE_MS: '10000',
    LOG_LEVEL: 'warn',
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}
