import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually, startInfra, startStack, type RunningInfra, type TestStack } from '@tenure/testing';
import { BrokerProxy } from '../client/broker-proxy';
import { createTenant, type Tenant } from '../client/tenant';
import { judge, settled } from '../ledger/judge';
import { LedgerSender } from '../ledger/ledger-sender';

jest.setTimeout(180_000);

/** What a client is told within: a second, and what a busy machine adds to it. */
// The promise is a second; the rest is the patience of a busy machine. What it takes on a quiet one is the benchmarks to tell.
const soonMs = 5_000;

describe('With the broker away', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenure-away-'));
  const ledger = join(folder, 'ledger.jsonl');
  let infra: RunningInfra;
  let broker: BrokerProxy;
  let stack: TestStack;
  let tenant: Tenant;

  beforeAll(async () => {
    infra = await startInfra();
    broker = await BrokerProxy.before(infra.brokers[0] ?? '');
    const env = { KAFKA_BROKERS: broker.address, POSTGRES_URL: infra.postgresUrl, KAFKA_SILENCE_MS: '800' };
    stack = await startStack({ only: ['gateway', 'ingestion', 'health'], env });
    tenant = await createTenant(stack, 'acme');
  });

  afterAll(async () => {
    broker?.restore();
    await stack?.stop();
    await broker?.stop();
    await infra?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const track = async (messageId: string) => {
    const begun = Date.now();
    const answer = await fetch(`${stack.urls.ingestion}/v1/track`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${tenant.writeKey}:`)}` },
      body: JSON.stringify({ messageId, userId: 'u', event: 'Probed', context: { groupId: 'probes' } }),
    });
    return { status: answer.status, retryAfter: Number(answer.headers.get('retry-after')), ms: Date.now() - begun };
  };

  it('every request is a 503 that says when to come back; then the same process serves, and nothing is lost', async () => {
    const sender = new LedgerSender({ urls: [stack.urls.ingestion], writeKey: tenant.writeKey, file: ledger });
    const pids = [stack.pidOf('ingestion'), stack.pidOf('health')];
    sender.start();
    try {
      await sleep(2_000);
      broker.cut();
      await sleep(200);
      const answers = [];
      for (let probe = 0; probe < 12; probe += 1) {
        answers.push(...(await Promise.all([track(`away-${probe}`), track(`away-too-${probe}`)])));
        await sleep(100);
      }
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
      expect(answers.filter(({ retryAfter }) => !(retryAfter > 0))).toEqual([]);
      expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(soonMs);

      broker.restore();
      await eventually(async () => expect((await track('back')).status).toBe(200), { timeoutMs: 20_000 });
      await sleep(1_000);
    } finally {
      await sender.stop();
    }
    expect(stack.pidOf('ingestion')).toBe(pids[0]);
    expect(() => process.kill(pids[0] ?? 0, 0)).not.toThrow();

    await settled(tenant, ledger);
    const verdict = await judge(stack, tenant, folder, ledger);
    // The probes have an account of their own, which the ledger does not know.
    const found = [verdict.lost, verdict.twice, verdict.neverSent].flat();
    expect(found.filter((finding) => !/^(away|back|probes) ?/.test(finding))).toEqual([]);
    expect(verdict.acknowledged).toBeGreaterThan(100);
  });
});
