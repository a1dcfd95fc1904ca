import { setTimeout as sleep } from 'node:timers/promises';

import { topics } from '@tenure/contracts';
import { infra, TestKafka } from '@tenure/testing';
import { Client } from 'pg';

import type { Bench } from './bench';
import type { Children } from './children';
import { median, rounded } from './line';
import { type Service, startService } from './service';
import { produceUsage, spread } from './usage-events';

const events = 100_000;
const rounds = 2;
/** A machine that is busy elsewhere does not get through all of it: what it got through then is the measurement. */
const longestMs = 20_000;
const startMs = 60_000;
const lookEveryMs = 50;

interface Round {
  readonly perSecond: number;
  readonly cpu: number;
}

/**
 * Waiting events folded by health with all that belongs to it (fence, dedupe, rollups, active users, judgement, outbox),
 * beside bare eachBatch + JSON.parse over the same topic in alternating rounds. Every round of health has a new database.
 */
export const fold: Bench = async ({ children, print }) => {
  const kafka = new TestKafka();
  await kafka.createTopics();
  const bytes = await produceUsage(kafka.onBroker(topics.usageEvents.name), events);
  const pairs: { ours: Round; bare: Round }[] = [];
  let memory = { now: 0, peak: 0 };
  for (let n = 0; n < rounds; n += 1) {
    const bare = await bareRound(children, kafka);
    const service = await startService(children, 'health', kafka);
    pairs.push({ ours: await foldRound(service), bare });
    memory = service.memory();
    await service.stop();
  }
  const ratios = pairs.map(({ ours, bare }) => ours.perSecond / bare.perSecond);
  print({
    name: 'fold',
    value: median(pairs.map(({ ours }) => ours.perSecond)),
    unit: 'events/s',
    detail: {
      ratio: rounded(median(ratios)),
      bare: rounded(median(pairs.map(({ bare }) => bare.perSecond))),
      cpuMicrosPerEvent: rounded(median(pairs.map(({ ours }) => ours.cpu))),
      bareCpuMicrosPerEvent: rounded(median(pairs.map(({ bare }) => bare.cpu))),
      rounds: ratios.map(rounded),
      events,
      ...spread,
      bytesPerEvent: Math.round(bytes / events),
      idsSeenBefore: 0,
    },
  });
  print({ name: 'memory-health-after', value: memory.now, unit: 'MB', detail: { peak: memory.peak } });
  await kafka.close();
};

async function bareRound(children: Children, kafka: TestKafka): Promise<Round> {
  const topic = kafka.onBroker(topics.usageEvents.name);
  const child = children.program('bare-fold.ts', infra().brokers.join(','), topic, String(events));
  const before = child.cpu();
  const { seconds } = await child.message<{ seconds: number }>();
  const cpu = ((child.cpu() - before) * 1e6) / events;
  await child.stop();
  return { perSecond: events / seconds, cpu };
}

/** From the first look that sees something applied to the one that sees everything, or the end of patience. */
async function foldRound({ db, process: child }: Service): Promise<Round> {
  const client = new Client({ connectionString: db.adminUrl });
  await client.connect();
  try {
    const first = await applied(client, 1, startMs);
    if (first.count === 0) throw new Error('Nothing was folded.');
    const cpu = child.cpu();
    const last = await applied(client, events, longestMs);
    const count = last.count - first.count;
    return { perSecond: (count * 1_000) / (last.at - first.at), cpu: ((child.cpu() - cpu) * 1e6) / count };
  } finally {
    await client.end();
  }
}

/** Waits until the fences stand at `count` or beyond, but not longer than `ms`, and answers where they stand when. */
async function applied(client: Client, count: number, ms: number): Promise<{ at: number; count: number }> {
  const deadline = performance.now() + ms;
  for (;;) {
    const { rows } = await client.query<{ n: string }>(
      `select coalesce(sum(next_offset), 0) as n from system.fence where topic = $1`,
      [topics.usageEvents.name],
    );
    const now = { at: performance.now(), count: Number(rows[0]?.n) };
    if (now.count >= count || now.at > deadline) return now;
    await sleep(lookEveryMs);
  }
}
