import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { post, type Door } from '../client/post';
import type { Tenant } from '../client/tenant';
import { judge, settled, type Verdict } from '../ledger/judge';
import { Ledger, type LedgerEvent } from '../ledger/ledger';
import { unless, type Experiment, type Outcome, type Trial } from './experiment';
import type { Random } from './random';
import { countsOf, violationsOf } from './under-load';

const batchSize = 20;
const accounts = 10;
const days = 3;
const dayMs = 86_400_000;
/** Shares of all events: sent again seconds later, sent again with another body, sent to both processes at once. */
const shares = { later: 0.1, other: 0.01, twins: 0.1 };

/** A client repeats its events, seconds later and at the same instant, through two processes of ingestion. */
export const duplicates: Experiment = {
  id: 'B1 B3',
  title: '10 % sent again seconds later, 1 % with another body, 10 % to two processes in the same millisecond',
  async run(trial) {
    const { verdict, expected } = await sendTwice(trial);
    const hit = unless(verdict.repeated >= expected, `${verdict.repeated} of ${expected} duplicates reached the topic`);
    return { violations: [...violationsOf(verdict), ...hit], facts: countsOf(verdict) };
  },
};

/** The same with the dedupe off. If nobody notices, the experiments prove nothing. */
export const controlRun: Experiment = {
  id: 'B1-control',
  title: 'the same with the dedupe switched off: the judge has to find events counted twice',
  async run(trial): Promise<Outcome> {
    await trial.stage.restartWith('health', { TENURE_UNSAFE_NO_DEDUPE: '1', NODE_ENV: 'test' });
    const { verdict } = await sendTwice(trial);
    const noticed = unless(verdict.twice.length > 0, 'the judge did not notice that duplicates were counted');
    return { violations: noticed, facts: { ...countsOf(verdict), foundTwice: verdict.twice.length } };
  },
};

async function sendTwice(trial: Trial): Promise<{ verdict: Verdict; expected: number }> {
  const { stage, folder, random, form } = trial;
  const tenant = await stage.tenant();
  const doors = await doorsOf(trial, tenant);
  const ledger = new Ledger(join(folder, 'ledger.jsonl'));
  const count = form === 'short' ? 600 : 20_000;
  const again: Promise<void>[] = [];
  let expected = 0;
  for (let from = 0; from < count; from += batchSize) {
    const events = Array.from({ length: batchSize }, (_, at) => eventOf(from + at));
    const turn = (from / batchSize) % 2;
    const chosen = { twins: drawn(events, shares.twins, random), later: drawn(events, shares.later, random) };
    const changed = drawn(events, shares.other, random);
    expected += chosen.twins.length + chosen.later.length + changed.length;
    await Promise.all([send(ledger, doors[turn], events), send(ledger, doors[1 - turn], chosen.twins)]);
    again.push(later(1_000 + random.below(2_000), () => send(ledger, doors[1 - turn], chosen.later)));
    again.push(later(500 + random.below(2_000), () => send(ledger, doors[turn], changed, 'Report Exported')));
  }
  await Promise.all(again);
  ledger.close();
  await settled(tenant, ledger.file);
  return { verdict: await judge(stage.stack, tenant, folder, ledger.file), expected };
}

async function doorsOf({ stage }: Trial, { writeKey }: Tenant): Promise<[Door, Door]> {
  const twin = await stage.twin('ingestion');
  return [
    { url: stage.stack.urls.ingestion, writeKey },
    { url: twin.url, writeKey },
  ];
}

const drawn = (events: readonly LedgerEvent[], share: number, random: Random): LedgerEvent[] =>
  events.filter(() => random.next() < share);

async function later(ms: number, work: () => Promise<void>): Promise<void> {
  await sleep(ms);
  await work();
}

function eventOf(number: number): LedgerEvent {
  const day = new Date(Date.now() - (1 + (number % days)) * dayMs).toISOString().slice(0, 10);
  return { id: `event-${number}`, kind: 'usage', account: `account-${number % accounts}`, day };
}

/** Sends until it is told 200, as SDKs do. */
async function send(
  ledger: Ledger,
  door: Door | undefined,
  events: readonly LedgerEvent[],
  event = 'Report Viewed',
): Promise<void> {
  if (!door || events.length === 0) return;
  const batch = events.map(({ id, account, day }) => ({
    type: 'track',
    messageId: id,
    userId: 'user',
    event,
    timestamp: `${day}T12:00:00.000Z`,
    context: { groupId: account },
  }));
  for (;;) {
    const { status } = await post(door, '/v1/batch', JSON.stringify({ batch }));
    ledger.write(status, events);
    if (status === 200) return;
    await sleep(100);
  }
}
