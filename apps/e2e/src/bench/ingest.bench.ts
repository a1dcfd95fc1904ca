import { hash, randomUUID } from 'node:crypto';

import { topics } from '@tenure/contracts';
import { infra, TestKafka } from '@tenure/testing';
import { Client } from 'pg';

import type { Bench } from './bench';
import type { Child, Children } from './children';
import { type PacedResult, runLoad, runPaced } from './http-load';
import { type Line, median, rounded } from './line';
import { numberOption } from './options';
import { type Service, startService } from './service';

interface Kind {
  readonly name: string;
  readonly path: string;
  readonly perRequest: number;
  readonly connections: number;
}

const batch: Kind = { name: 'ingest-batch', path: '/v1/batch', perRequest: 100, connections: 8 };
const single: Kind = { name: 'ingest-single', path: '/v1/track', perRequest: 1, connections: 64 };
const kinds: readonly Kind[] = [batch, single];
const rounds = 3;
const seconds = 3;
const warmUpSeconds = 2;

/** A server under test. */
interface Side {
  readonly url: string;
  readonly process: Child;
}

interface Round {
  readonly perSecond: number;
  /** Microseconds of processor time an event. */
  readonly cpu: number;
}

/** Events a second through HTTP into Kafka: ingestion, and a bare server beside it in alternating rounds. */
export const ingest: Bench = async ({ children, print }) => {
  const kafka = new TestKafka();
  await kafka.createTopics();
  const bare = (client: string) => startBare(children, kafka.onBroker(topics.usageEvents.name), client);
  const [floor, kafkajs] = [await bare('same'), await bare('kafkajs')];
  const service = await startService(children, 'ingestion', kafka);
  let sent = 0;
  for (const kind of kinds) {
    const line = await compare(kind, service, floor, kafkajs);
    sent += (line.value * rounds * seconds) | 0;
    print(line);
  }
  print(await paced(service, floor));
  print(await memoryAfter(service, numberOption('events', 1_000_000), sent));
  await Promise.all([service.stop(), floor.process.stop(), kafkajs.process.stop()]);
  print(await flooded(children, kafka));
  await kafka.close();
};

/** How long single events wait at a fixed rate. */
async function paced(ours: Side, floor: Side): Promise<Line> {
  const bodies = bodiesOf(single);
  const load = { path: single.path, bodies, connections: 64, perSecond: 5_000, seconds: 5 };
  const measure = async (side: Side) => {
    const result = await runPaced({ ...load, url: side.url });
    if (result.refused > 0) throw new Error(`${side.url} refused ${result.refused} requests.`);
    return result;
  };
  for (const side of [ours, floor]) await runPaced({ ...load, url: side.url, seconds: 2 });
  const pairs: { ours: PacedResult; floor: PacedResult }[] = [];
  for (let n = 0; n < rounds; n += 1) pairs.push({ ours: await measure(ours), floor: await measure(floor) });
  return {
    name: 'ingest-paced-p99',
    value: median(pairs.map((pair) => pair.ours.p99)),
    unit: 'ms',
    detail: {
      ratio: rounded(median(pairs.map((pair) => pair.ours.p99 / pair.floor.p99))),
      bare: rounded(median(pairs.map((pair) => pair.floor.p99))),
      p50: rounded(median(pairs.map((pair) => pair.ours.p50))),
      bareP50: rounded(median(pairs.map((pair) => pair.floor.p50))),
      late: pairs.map((pair) => pair.ours.late),
      bareLate: pairs.map((pair) => pair.floor.late),
      worst: rounded(Math.max(...pairs.map((pair) => pair.ours.worst))),
      bareWorst: rounded(Math.max(...pairs.map((pair) => pair.floor.worst))),
      rounds: pairs.map((pair) => rounded(pair.ours.p99 / pair.floor.p99)),
      perSecond: load.perSecond,
      connections: load.connections,
    },
  };
}

/** Resident memory once it has taken so many events. */
async function memoryAfter(service: Service, events: number, sentBefore: number): Promise<Line> {
  let sent = sentBefore;
  const bodies = bodiesOf(batch);
  const load = { url: service.url, path: batch.path, bodies, connections: batch.connections, seconds: 2 };
  while (sent < events) sent += (await runLoad(load)).answers * batch.perRequest;
  const { now, peak } = service.memory();
  return { name: 'memory-ingestion-after', value: now, unit: 'MB', detail: { peak, events: sent } };
}

/** What a tenant at a steady rate notices of another one that sends as much as it can, beyond its limit. */
async function flooded(children: Children, kafka: TestKafka): Promise<Line> {
  const service = await startService(children, 'ingestion', kafka, {
    env: { TENANT_EVENTS_PER_SECOND: '2000' },
  });
  const floodKey = await keyOfTenant(service, 'flood');
  const calm = {
    url: service.url,
    path: single.path,
    bodies: bodiesOf(single),
    connections: 16,
    perSecond: 500,
    seconds: 4,
  };
  await runPaced(calm);
  const alone = await runPaced(calm);
  const storm = { url: service.url, path: batch.path, bodies: bodiesOf(batch), connections: 32, seconds: 6 };
  const flood = runLoad({ ...storm, key: floodKey });
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const beside = await runPaced(calm);
  const { answers, refused } = await flood;
  await service.stop();
  return {
    name: 'ingest-flooded-p99',
    value: beside.p99,
    unit: 'ms',
    detail: {
      ratio: rounded(beside.p99 / alone.p99),
      alone: rounded(alone.p99),
      p50: rounded(beside.p50),
      aloneP50: rounded(alone.p50),
      refusedOfOthers: beside.refused,
      floodAccepted: answers * batch.perRequest,
      floodRefusedRequests: refused,
      tenantEventsPerSecond: 2_000,
    },
  };
}

/** A source of another tenant, straight in the database: making tenants is the gateway's. */
async function keyOfTenant(service: Service, tenant: string): Promise<string> {
  const key = `${tenant}-write-key`;
  const client = new Client({ connectionString: service.db.ownerUrl });
  await client.connect();
  await client.query(
    `insert into system.write_keys (key_hash, prefix, tenant_id, source_id, kind, mode, state, created_at)
     values ($1, $2, $3, $3, 'segment', 'live', 'active', now())`,
    [hash('sha256', key, 'hex'), key.slice(0, 9), tenant],
  );
  await client.end();
  return key;
}

async function startBare(children: Children, topic: string, client: string): Promise<Side> {
  const process = children.program('bare-ingest.ts', infra().brokers.join(','), topic, client);
  const { port } = await process.message<{ port: number }>();
  return { url: `http://127.0.0.1:${port}`, process };
}

async function compare(kind: Kind, ours: Side, floor: Side, kafkajs: Side): Promise<Line> {
  const bodies = bodiesOf(kind);
  const measure = (side: Side) => round(kind, side, bodies, seconds);
  for (const side of [ours, floor, kafkajs]) await round(kind, side, bodies, warmUpSeconds);
  const pairs: { ours: Round; floor: Round; kafkajs: Round }[] = [];
  for (let n = 0; n < rounds; n += 1) {
    pairs.push({ ours: await measure(ours), floor: await measure(floor), kafkajs: await measure(kafkajs) });
  }
  return {
    name: kind.name,
    value: median(pairs.map((pair) => pair.ours.perSecond)),
    unit: 'events/s',
    detail: {
      ratio: rounded(median(pairs.map((pair) => pair.ours.perSecond / pair.floor.perSecond))),
      bare: rounded(median(pairs.map((pair) => pair.floor.perSecond))),
      cpuMicrosPerEvent: rounded(median(pairs.map((pair) => pair.ours.cpu))),
      bareCpuMicrosPerEvent: rounded(median(pairs.map((pair) => pair.floor.cpu))),
      ratioToKafkajs: rounded(median(pairs.map((pair) => pair.ours.perSecond / pair.kafkajs.perSecond))),
      bareKafkajs: rounded(median(pairs.map((pair) => pair.kafkajs.perSecond))),
      kafkajsCpuMicrosPerEvent: rounded(median(pairs.map((pair) => pair.kafkajs.cpu))),
      rounds: pairs.map((pair) => rounded(pair.ours.perSecond / pair.floor.perSecond)),
      bytesPerEvent: Math.round(Buffer.byteLength(bodies[0] ?? '') / kind.perRequest),
      connections: kind.connections,
      perRequest: kind.perRequest,
    },
  };
}

async function round(kind: Kind, side: Side, bodies: readonly string[], forSeconds: number): Promise<Round> {
  const cpuBefore = side.process.cpu();
  const load = { url: side.url, path: kind.path, bodies, connections: kind.connections, seconds: forSeconds };
  const result = await runLoad(load);
  if (result.refused > 0) throw new Error(`${side.url} refused ${result.refused} requests.`);
  const events = result.answers * kind.perRequest;
  return { perSecond: events / result.seconds, cpu: ((side.process.cpu() - cpuBefore) * 1e6) / events };
}

function bodiesOf({ perRequest }: Kind): string[] {
  const at = new Date().toISOString();
  return Array.from({ length: 200 }, (_, body) => {
    const calls = Array.from({ length: perRequest }, (_each, n) => call(body * perRequest + n, at));
    return JSON.stringify(perRequest === 1 ? calls[0] : { batch: calls, sentAt: at });
  });
}

/** A usual call of about 356 bytes. */
function call(n: number, at: string): object {
  return {
    type: 'track',
    messageId: `node-${randomUUID()}`,
    userId: `user-${n % 500}`,
    event: 'Report Exported',
    timestamp: at,
    context: { groupId: `account-${n % 200}`, library: { name: '@segment/analytics-node', version: '3.1.0' } },
    properties: { plan: 'professional', rows: 1_200, format: 'csv', from: 'dashboard', filtered: true },
  };
}
