import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { eventually, type TestStack } from '@tenure/testing';
import type { Tenant } from './tenant';

const root = resolve(__dirname, '../../../..');
const smallest = ['--accounts', '100', '--months', '3'];

/** Plays a small customer base into the tenant through the public API, and waits until the console has something to show. */
export async function seed(stack: TestStack, tenant: Tenant): Promise<void> {
  const wanted = { name: 'History', kind: 'cloudevents', mode: 'import' };
  const { status, body } = await tenant.call<{ key: string; source: { id: string } }>(
    'POST',
    '/api/v1/sources',
    wanted,
  );
  if (status !== 201) throw new Error(`No source: ${status} ${JSON.stringify(body)}`);
  await simulate([
    ...['--ingestion', stack.urls.ingestion, '--gateway', stack.urls.gateway, '--api-key', tenant.apiKey],
    ...['--import-key', body.key, '--import-source', body.source.id, ...smallest],
  ]);
  await eventually(
    async () => {
      const { body: today } = await tenant.get<{ items: unknown[] }>('/api/v1/today?owner=all');
      const { body: page } = await tenant.get<{ items: unknown[] }>('/api/v1/renewals');
      if (!(today.items?.length > 2 && page.items?.length > 2))
        throw new Error('The history has not arrived everywhere.');
    },
    { timeoutMs: 90_000, everyMs: 500 },
  );
}

async function simulate(args: readonly string[]): Promise<void> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const main = resolve(root, 'apps/simulator/src/main.ts');
  const loader = ['--conditions=@tenure/source', '-r', '@swc-node/register'];
  const child = spawn(process.execPath, [...loader, main, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The simulator failed: ${said.slice(-2_000)}`);
}
