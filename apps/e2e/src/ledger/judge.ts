import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { topics, type AlertsBody, type UsageBody } from '@tenure/contracts';
import { eventually, type TestStack } from '@tenure/testing';
import { readTopic } from '../client/read-topic';
import type { Tenant } from '../client/tenant';
import type { LedgerEvent, Outcome } from './ledger';

/** What the recount found; `lost`, `twice` and `neverSent` are empty when all is well. */
export interface Verdict {
  readonly sent: number;
  readonly acknowledged: number;
  /** Attempts whose outcome the client never learnt, counted by event. */
  readonly unknown: number;
  /** Events that are on the topic more than once. */
  readonly repeated: number;
  /** Alerts that the relay published more than once. */
  readonly republished: number;
  readonly lost: readonly string[];
  readonly twice: readonly string[];
  readonly neverSent: readonly string[];
}

interface Attempt {
  readonly status: Outcome;
  readonly events: readonly LedgerEvent[];
}

const attempts = (ledger: string): Attempt[] =>
  readFileSync(ledger, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Attempt);

/** Collects what Tenure says of this tenant to the world, and lets the recount compare it in a process of its own. */
export async function judge(stack: TestStack, tenant: Tenant, folder: string, ledger: string): Promise<Verdict> {
  const files = {
    usage: join(folder, 'usage.json'),
    topic: join(folder, 'topic.jsonl'),
    alerts: join(folder, 'alerts.jsonl'),
  };
  writeFileSync(files.usage, JSON.stringify(await usageByDay(tenant, ledger)));
  writeFileSync(files.topic, await valuesOn(stack, topics.usageEvents.name, tenant));
  writeFileSync(files.alerts, await valuesOn(stack, topics.riskAlerts.name, tenant));
  const script = join(__dirname, 'recount.mjs');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [script, ledger, files.usage, files.topic, files.alerts], (_, out, err) =>
      out ? resolve(JSON.parse(out) as Verdict) : reject(new Error(err)),
    );
  });
}

/** The events a day of every account in the ledger, as the API tells them. */
async function usageByDay(tenant: Tenant, ledger: string): Promise<Record<string, Record<string, number>>> {
  const events = attempts(ledger).flatMap((attempt) => attempt.events);
  const accounts = new Set(events.filter(({ kind }) => kind === 'usage').map(({ account }) => account));
  const byAccount = [...accounts].map(async (account) => {
    const { status, body } = await tenant.get<UsageBody>(`/api/v1/accounts/${account}/usage`);
    if (status !== 200) throw new Error(`${account}: ${status} ${JSON.stringify(body)}`);
    return [account, Object.fromEntries(body.days.map(({ day, events: count }) => [day, count]))] as const;
  });
  return Object.fromEntries(await Promise.all(byAccount));
}

async function valuesOn(stack: TestStack, topic: string, tenant: Tenant): Promise<string> {
  const records = await readTopic(stack.brokers, topic);
  const own = records.filter(({ key }) => key.startsWith(`${tenant.id}:`));
  return own.map(({ value }) => value).join('\n');
}

/** Waits until all that was acknowledged is counted and nothing comes in any more; what is missing then, the judge names. */
export async function settled(tenant: Tenant, ledger: string): Promise<void> {
  let before = '';
  const look = async () => {
    const now = await progress(tenant, ledger);
    const moves = JSON.stringify(now) !== before;
    before = JSON.stringify(now);
    if (moves || now.counted < now.acknowledged) throw new Error(`${now.counted} of ${now.acknowledged} are counted.`);
  };
  await eventually(look, { timeoutMs: 120_000, everyMs: 700 }).catch(() => undefined);
}

/** How many usage events of the ledger are acknowledged, how many the API counts by now, and how many alerts there are. */
async function progress(tenant: Tenant, ledger: string) {
  const acknowledged = new Set<string>();
  for (const { status, events } of attempts(ledger)) {
    for (const { id, kind } of events) if (kind === 'usage' && status === 200) acknowledged.add(id);
  }
  const days = Object.values(await usageByDay(tenant, ledger)).flatMap((usage) => Object.values(usage));
  const counted = days.reduce((sum, count) => sum + count, 0);
  const newest = (await tenant.get<AlertsBody>('/api/v1/alerts?limit=1')).body.items[0]?.alertId ?? null;
  return { acknowledged: acknowledged.size, counted, newest };
}
