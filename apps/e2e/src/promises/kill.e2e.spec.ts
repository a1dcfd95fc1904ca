import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStack, type TestStack } from '@tenure/testing';
import { crashBetweenSendAndCommit, crashSometime } from '../client/crash';
import { createTenant } from '../client/tenant';
import { judge, settled, type Verdict } from '../ledger/judge';
import { LedgerSender } from '../ledger/ledger-sender';

jest.setTimeout(360_000);

const times = 5;
const folder = mkdtempSync(join(tmpdir(), 'tenure-ledger-'));
const ledger = join(folder, 'ledger.jsonl');
/** Short timeouts of the group, so that the partitions of a dead process are taken over at once. */
const quick = { KAFKA_SESSION_TIMEOUT_MS: '2000', KAFKA_HEARTBEAT_MS: '500', KAFKA_REBALANCE_TIMEOUT_MS: '2000' };

async function repeat(work: () => Promise<void>): Promise<void> {
  for (let time = 0; time < times; time += 1) await work();
}

/** Sends while `meanwhile` runs, waits until all is counted, and judges. */
async function run(meanwhile: (stack: TestStack) => Promise<void>): Promise<Verdict> {
  const stack = await startStack({ only: ['gateway', 'ingestion', 'health'], env: quick });
  try {
    const tenant = await createTenant(stack, 'acme');
    const sender = new LedgerSender({ urls: [stack.urls.ingestion], writeKey: tenant.writeKey, file: ledger });
    sender.start();
    try {
      await meanwhile(stack);
    } finally {
      await sender.stop();
    }
    await settled(tenant, ledger);
    return await judge(stack, tenant, folder, ledger);
  } finally {
    await stack.stop();
  }
}

describe('SIGKILL while events flow', () => {
  beforeEach(() => rmSync(ledger, { force: true }));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(`of ingestion, of health and of its relay, ${times} times each, loses nothing and counts nothing twice`, async () => {
    const verdict = await run(async (stack) => {
      await Promise.all([
        repeat(() => crashSometime(stack, 'ingestion', Math.random)),
        repeat(async () => {
          await crashSometime(stack, 'health', Math.random);
          await crashBetweenSendAndCommit(stack);
        }),
      ]);
    });
    expect(verdict).toMatchObject({ lost: [], twice: [], neverSent: [] });
    // The faults have to have hit: outcomes nobody learnt, the same event twice in the log, the same alert published twice.
    expect(verdict.acknowledged).toBeGreaterThan(1_000);
    expect(verdict.unknown).toBeGreaterThan(0);
    expect(verdict.repeated).toBeGreaterThan(0);
    expect(verdict.republished).toBeGreaterThanOrEqual(times);
  });
});
