import { freshDatabase, infra, testPublicKeys, type TestDatabase } from '@tenure/testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../../../..');

// A service as JavaScript, because the process under test starts from source without a file of its own.
const main = `
  const { runService } = require('@tenure/platform/run');
  for (const loaded of ['@nestjs/core', 'pg', 'kafkajs']) {
    if (Object.keys(require.cache).some((path) => path.includes('/node_modules/' + loaded + '/'))) {
      throw new Error(loaded + ' was loaded before telemetry');
    }
  }
  void runService('echo', async () => {
    const { Controller, Get, Module } = require('@nestjs/common');
    const { Database, Public, ServiceConfig, currentTraceparent } = require('@tenure/platform');
    class EchoController {
      constructor(database) { this.database = database; }
      async echo() {
        await this.database.system((tx) => tx.query('select 42 as answer'));
        return { traceparent: currentTraceparent() };
      }
      reject() { void Promise.reject(new Error('nobody caught this')); return {}; }
    }
    Reflect.defineMetadata('design:paramtypes', [Database], EchoController);
    for (const [method, path] of [['echo', 'echo'], ['reject', 'reject']]) {
      const descriptor = Object.getOwnPropertyDescriptor(EchoController.prototype, method);
      Get(path)(EchoController.prototype, method, descriptor);
      Public()(EchoController.prototype, method, descriptor);
    }
    Controller()(EchoController);
    class EchoModule {}
    Module({ controllers: [EchoController] })(EchoModule);
    return { service: { config: ServiceConfig, module: EchoModule, migrations: [] } };
  });`;

interface Run {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exit: Promise<number>;
}

let database: TestDatabase;
let collector: Server;
const spans: { name: string; traceId: string }[] = [];

beforeAll(async () => {
  database = await freshDatabase('echo', []);
  collector = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      spans.push(...spansOf(JSON.parse(text)));
      response.end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
});

afterAll(async () => {
  collector?.close();
  await database?.drop();
});

function spansOf(body: unknown): { name: string; traceId: string }[] {
  const { resourceSpans } = body as {
    resourceSpans: { scopeSpans: { spans: { name: string; traceId: string }[] }[] }[];
  };
  return resourceSpans.flatMap((each) => each.scopeSpans.flatMap((scope) => scope.spans));
}

function run(args: readonly string[], env: Record<string, string> = {}): Run {
  const flags = ['--conditions=@tenure/source', '-r', '@swc-node/register', '-e', main, '--', ...args];
  const child = spawn(process.execPath, flags, {
    cwd: root,
    env: {
      PORT: '0',
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      KAFKA_BROKERS: infra().brokers.join(','),
      TOPIC_PREFIX: `t${randomUUID().slice(0, 8)}.`,
      TENURE_TOKEN_PUBLIC_KEYS: testPublicKeys,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${(collector.address() as AddressInfo).port}`,
      ...env,
    },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output, exit: once(child, 'exit').then(([code]) => code as number) };
}

async function started(service: Run): Promise<string> {
  for (let n = 0; n < 600; n += 1) {
    const url = /"url":"([^"]+)"/.exec(service.output())?.[1];
    if (url !== undefined) return url;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`It did not start:\n${service.output()}`);
}

describe('a service as a process', () => {
  it('checks its configuration and ends', async () => {
    const service = run(['--validate']);
    expect(await service.exit).toBe(0);
    expect(service.output()).toContain('The configuration of echo is ok.');
  });

  it('names all that is wrong with its configuration at once, without the secret', async () => {
    const service = run([], { PORT: 'http', DATABASE_URL: 'mysql://me:hunter2@db', KAFKA_BROKERS: 'nowhere' });
    expect(await service.exit).toBe(1);
    expect(service.output()).toContain('The configuration of echo has 3 errors:');
    for (const name of ['PORT', 'DATABASE_URL', 'KAFKA_BROKERS']) expect(service.output()).toContain(`  ${name} is`);
    expect(service.output()).not.toContain('hunter2');
  });

  it('migrates and ends', async () => {
    const service = run(['migrate']);
    expect(await service.exit).toBe(0);
    expect(service.output()).toContain('Migrated echo: System1760000000000');
  });

  it('keeps one trace from the request to the database, and ends cleanly on SIGTERM', async () => {
    const service = run([]);
    const url = await started(service);
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const answer = await fetch(`${url}/echo`, { headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` } });
    expect(await answer.json()).toEqual({ traceparent: expect.stringContaining(traceId) as string });
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toMatch(/http_server_request_duration_count\{[^}]*http_route="\/echo"/);
    expect(metrics).toMatch(/process_memory_usage[^\n]* \d+/);
    service.child.kill('SIGTERM');
    expect(await service.exit).toBe(0);
    const names = spans.filter((span) => span.traceId === traceId).map((span) => span.name);
    expect(names).toEqual(expect.arrayContaining(['GET /echo', expect.stringMatching(/^pg\.query:/)]));
  });

  it('logs a rejection that nobody caught, and ends with an error', async () => {
    const service = run([]);
    await fetch(`${await started(service)}/reject`).catch(() => undefined);
    expect(await service.exit).toBe(1);
    expect(service.output()).toContain('nobody caught this');
  });
});
