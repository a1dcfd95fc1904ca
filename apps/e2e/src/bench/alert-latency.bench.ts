import { setTimeout as sleep } from 'node:timers/promises';

import { topics } from '@tenure/contracts';
import { build, eventually, infra, TestKafka } from '@tenure/testing';
import { Kafka, logLevel, type Producer } from 'kafkajs';

import type { Bench } from './bench';
import { median, quantile, rounded } from './line';
import { startService } from './service';

const perSecond = 50;
const seconds = 6;
const warmUpSeconds = 6;
const rounds = 3;
const tickMs = 1_000 / perSecond;

/** Where a round's events go in, and where what they cause is read. */
interface Way {
  readonly input: string;
  readonly output: Arrivals;
}

/**
 * From "Kafka has the event" to "its alert is readable on the topic", at a steady rate of escalated tickets of accounts
 * that were never seen before, beside a bare produce → eachBatch → produce at the same rate in alternating rounds.
 */
export const alertLatency: Bench = async ({ children, print }) => {
  const kafka = new TestKafka();
  await kafka.createTopics();
  await kafka.createTopics([bareIn, bareOut]);
  const client = new Kafka({ brokers: [...infra().brokers], logLevel: logLevel.NOTHING });
  const producer = client.producer({ allowAutoTopicCreation: false });
  await producer.connect();
  const names = [topics.riskAlerts.name, bareOut.name].map((name) => kafka.onBroker(name));
  const [alerts, echoes] = await Promise.all(names.map((name) => Arrivals.on(client, name)));
  if (!alerts || !echoes) throw new Error('Nobody reads what comes out.');
  const child = children.program(
    'bare-alerts.ts',
    infra().brokers.join(','),
    ...[bareIn, bareOut].map((topic) => kafka.onBroker(topic.name)),
  );
  await child.message();
  const service = await startService(children, 'health', kafka);
  const ours: Way = { input: kafka.onBroker(topics.ticketEvents.name), output: alerts };
  const bare: Way = { input: kafka.onBroker(bareIn.name), output: echoes };

  for (const way of [ours, bare]) await round(producer, way, warmUpSeconds);
  const pairs: { ours: number[]; bare: number[] }[] = [];
  for (let n = 0; n < rounds; n += 1) {
    pairs.push({ ours: await round(producer, ours, seconds), bare: await round(producer, bare, seconds) });
  }
  for (const share of [0.5, 0.99]) {
    const both = pairs.map((pair) => ({ ours: quantile(pair.ours, share), bare: quantile(pair.bare, share) }));
    print({
      name: `alert-latency-p${share * 100}`,
      value: median(both.map((pair) => pair.ours)),
      unit: 'ms',
      detail: {
        ratio: rounded(median(both.map((pair) => pair.ours / pair.bare))),
        bare: rounded(median(both.map((pair) => pair.bare))),
        rounds: both.map((pair) => rounded(pair.ours / pair.bare)),
        alertsPerSecond: perSecond,
        samples: pairs.reduce((sum, pair) => sum + pair.ours.length, 0),
      },
    });
  }
  await Promise.all([alerts.stop(), echoes.stop(), producer.disconnect(), service.stop(), child.stop()]);
  await kafka.close();
};

const bareIn = { ...topics.ticketEvents, name: 'bare-in' };
const bareOut = { ...topics.riskAlerts, name: 'bare-out' };
let accounts = 0;

/** Sends one event a tick, each in a request of its own, and answers the milliseconds until each one's effect was read. */
async function round(producer: Producer, { input, output }: Way, forSeconds: number): Promise<number[]> {
  const accepted = new Map<string, number>();
  const sends: Promise<void>[] = [];
  const began = performance.now();
  for (let n = 0; n < perSecond * forSeconds; n += 1) {
    const early = began + n * tickMs - performance.now();
    if (early > 0) await sleep(early);
    sends.push(send(producer, input, accepted));
  }
  await Promise.all(sends);
  const missing = () => [...accepted.keys()].filter((key) => !output.at.has(key)).length;
  await eventually(
    () => {
      if (missing() > 0) throw new Error(`${missing()} of ${accepted.size} events had no effect in time.`);
    },
    { timeoutMs: 30_000 },
  );
  // An effect can be read before the producer hears that its cause was accepted.
  return [...accepted].map(([key, at]) => Math.max(0, (output.at.get(key) ?? Number.NaN) - at));
}

async function send(producer: Producer, topic: string, accepted: Map<string, number>): Promise<void> {
  const time = new Date().toISOString();
  const event = build.ticket(
    { ticketId: 'ticket-1', change: 'escalated', status: 'open', priority: 'urgent' },
    { tenant: 'bench', account: `account-${(accounts += 1)}`, time, receivedat: time },
  );
  const key = event.partitionkey;
  await producer.send({
    topic,
    acks: -1,
    messages: [{ key, value: JSON.stringify(event), timestamp: `${Date.now()}` }],
  });
  accepted.set(key, performance.now());
}

/** When each key was first read on a topic. */
class Arrivals {
  readonly at = new Map<string, number>();
  stop: () => Promise<void> = () => Promise.resolve();

  static async on(client: Kafka, topic: string): Promise<Arrivals> {
    const arrivals = new Arrivals();
    const consumer = client.consumer({ groupId: `${topic}.reader`, maxWaitTimeInMs: 100 });
    const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      partitionsConsumedConcurrently: 4,
      eachBatch: ({ batch }) => {
        const now = performance.now();
        for (const { key } of batch.messages) {
          const name = key?.toString() ?? '';
          if (!arrivals.at.has(name)) arrivals.at.set(name, now);
        }
        return Promise.resolve();
      },
    });
    await joined;
    arrivals.stop = () => consumer.disconnect();
    return arrivals;
  }
}
