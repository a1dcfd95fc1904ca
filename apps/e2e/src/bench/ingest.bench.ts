import { randomUUID } from 'node:crypto';

import { topics } from '@tenure/contracts';
import { infra, TestKafka } from '@tenure/testing';

import type { Bench } from './bench';
import type { Child, Children } from './children';
import { runLoad } from './http-load';
import { type Line, median, rounded } from './line';
import { startService } from './service';

interface Kind {
  readonly name: string;
  readonly path: string;
  readonly perRequest: number;
  readonly connections: number;
}

const kinds: readonly Kind[] = [
  { name: 'ingest-batch', path: '/v1/batch', perRequest: 100, connections: 8 },
  { name: 'ingest-single', path: '/v1/track', perRequest: 1, connections: 64 },
];
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
  for (const kind of kinds) print(await compare(kind, service, floor, kafkajs));
  const memory = service.memory();
  print({ name: 'memory-ingestion-after', value: memory.now, unit: 'MB', detail: { peak: memory.peak } });
  await Promise.all([service.stop(), floor.process.stop(), kafkajs.process.stop()]);
  await kafka.close();
};

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
