import { setTimeout as sleep } from 'node:timers/promises';

import { topics } from '@tenure/contracts';
import { infra, type TestDatabase, TestKafka } from '@tenure/testing';
import { Client } from 'pg';

import type { Bench } from './bench';
import type { Children } from './children';
import { copyOf } from './copy-database';
import { median, rounded } from './line';
import { numberOption } from './options';
import { postgresCpu } from './postgres-facts';
import { fillSeenIds, filtersMade } from './seen-before';
import { type Service, startService } from './service';
import { produceUsage, spread } from './usage-events';

const events = numberOption('events', 1_000_000);
const seen = numberOption('seen', 2_000_000);
const rounds = numberOption('rounds', 2);
/** A machine that is busy elsewhere does not get through all of it: what it got through then is the measurement. */
const longestMs = 120_000;
const startMs = 60_000;
const lookEveryMs = 50;

interface Round {
  readonly perSecond: number;
  /** Microseconds of processor time an event, of our process. */
  readonly cpu: number;
  /** The same of PostgreSQL. */
  readonly postgresCpu: number;
}

/**
 * Waiting events folded by health with all that belongs to it (fence, dedupe, rollups, active users, judgement, outbox),
 * with ids that were seen before, beside bare eachBatch + JSON.parse over the same topic in alternating rounds. Every
 * round of health begins with a copy of the same database.
 */
export const fold: Bench = async ({ children, print }) => {
  const kafka = new TestKafka();
  await kafka.createTopics();
  const prepared = await preparedDatabase(children, kafka);
  const bytes = await produceUsage(kafka.onBroker(topics.usageEvents.name), events);
  const pairs: { ours: Round; bare: Round }[] = [];
  let memory = { now: 0, peak: 0 };
  for (let n = 0; n < rounds; n += 1) {
    const bare = await bareRound(children, kafka);
    const service = await startService(children, 'health', kafka, { database: await copyOf(prepared) });
    pairs.push({ ours: await foldRound(service), bare });
    memory = service.memory();
    await service.stop();
  }
  await prepared.drop();
  const ratios = pairs.map(({ ours, bare }) => ours.perSecond / bare.perSecond);
  print({
    name: 'fold',
    value: median(pairs.map(({ ours }) => ours.perSecond)),
    unit: 'events/s',
    detail: {
      ratio: rounded(median(ratios)),
      bare: rounded(median(pairs.map(({ bare }) => bare.perSecond))),
      cpuMicrosPerEvent: rounded(median(pairs.map(({ ours }) => ours.cpu))),
      postgresCpuMicrosPerEvent: rounded(median(pairs.map(({ ours }) => ours.postgresCpu))),
      bareCpuMicrosPerEvent: rounded(median(pairs.map(({ bare }) => bare.cpu))),
      rounds: ratios.map(rounded),
      events,
      ...spread,
      bytesPerEvent: Math.round(bytes / events),
      idsSeenBefore: seen,
    },
  });
  print({ name: 'memory-health-after', value: memory.now, unit: 'MB', detail: { peak: memory.peak } });
  await kafka.close();
};

/** A migrated database with the ids that were seen before. */
async function preparedDatabase(children: Children, kafka: TestKafka): Promise<TestDatabase> {
  const { db, process: first } = await startService(children, 'health', kafka);
  await first.stop();
  await fillSeenIds(db.adminUrl, seen);
  const second = await startService(children, 'health', kafka, { database: db });
  await filtersMade(db.adminUrl);
  await second.process.stop();
  return db;
}

async function bareRound(children: Children, kafka: TestKafka): Promise<Round> {
  const topic = kafka.onBroker(topics.usageEvents.name);
  const child = children.program('bare-fold.ts', infra().brokers.join(','), topic, String(events));
  const { seconds, cpu } = await child.message<{ seconds: number; cpu: number }>();
  await child.stop();
  return { perSecond: events / seconds, cpu: (cpu * 1e6) / events, postgresCpu: 0 };
}

/** From the first look that sees something applied to the one that sees everything, or the end of patience. */
async function foldRound({ db, process: child }: Service): Promise<Round> {
  const client = new Client({ connectionString: db.adminUrl });
  await client.connect();
  try {
    const first = await applied(client, 1, startMs);
    if (first.count === 0) throw new Error('Nothing was folded.');
    const before = { own: child.cpu(), postgres: await postgresCpu(client) };
    const last = await applied(client, events, longestMs);
    const count = last.count - first.count;
    const micros = (seconds: number) => (seconds * 1e6) / count;
    return {
      perSecond: (count * 1_000) / (last.at - first.at),
      cpu: micros(child.cpu() - before.own),
      postgresCpu: micros((await postgresCpu(client)) - before.postgres),
    };
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
