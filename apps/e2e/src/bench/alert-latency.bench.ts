import { setTimeout as sleep } from 'node:timers/promises';

import { topics } from '@tenure/contracts';
import { build, eventually, infra, TestKafka } from '@tenure/testing';
import { Kafka, logLevel, type Producer } from 'kafkajs';

import type { Bench } from './bench';
import { median, type Print, quantile, rounded } from './line';
import { numberOption } from './options';
import { startService } from './service';

/** Events a second in all; so many of them raise an alert. */
const rates = [1_000, 5_000];
const alertsPerSecond = 50;
const seconds = numberOption('seconds', 6);
const warmUpSeconds = 6;
const rounds = numberOption('rounds', 3);
const tickMs = 1_000 / alertsPerSecond;
const usageAccounts = 2_000;

/** Where a round's events go in, and where what they cause is read. */
interface Way {
  /** Of the events that raise an alert. */
  readonly input: string;
  /** Of all others. */
  readonly usage: string;
  readonly output: Arrivals;
}

/**
 * From "Kafka has the event" to "its alert is readable on the topic", at a steady rate of events: usage of some thousand
 * accounts and, among it, escalated tickets of accounts that were never seen before; beside a bare produce → eachBatch →
 * produce at the same rate in alternating rounds.
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
  const on = (topic: { readonly name: string }): string => kafka.onBroker(topic.name);
  const ours: Way = { input: on(topics.ticketEvents), usage: on(topics.usageEvents), output: alerts };
  const bare: Way = { input: on(bareIn), usage: on(bareIn), output: echoes };

  for (const rate of rates) {
    for (const way of [ours, bare]) await round(producer, way, rate, warmUpSeconds);
    const pairs: { ours: number[]; bare: number[] }[] = [];
    for (let n = 0; n < rounds; n += 1) {
      const own = await round(producer, ours, rate, seconds);
      pairs.push({ ours: own, bare: await round(producer, bare, rate, seconds) });
    }
    tell(print, rate, pairs);
  }
  await Promise.all([alerts.stop(), echoes.stop(), producer.disconnect(), service.stop(), child.stop()]);
  await kafka.close();
};

function tell(print: Print, rate: number, pairs: readonly { ours: number[]; bare: number[] }[]): void {
  for (const share of [0.5, 0.99]) {
    const both = pairs.map((pair) => ({ ours: quantile(pair.ours, share), bare: quantile(pair.bare, share) }));
    print({
      name: `alert-latency-${rate}-p${share * 100}`,
      value: median(both.map((pair) => pair.ours)),
      unit: 'ms',
      detail: {
        ratio: rounded(median(both.map((pair) => pair.ours / pair.bare))),
        bare: rounded(median(both.map((pair) => pair.bare))),
        rounds: both.map((pair) => rounded(pair.ours / pair.bare)),
        eventsPerSecond: rate,
        alertsPerSecond,
        samples: pairs.reduce((sum, pair) => sum + pair.ours.length, 0),
      },
    });
  }
}

const bareIn = { ...topics.ticketEvents, name: 'bare-in' };
const bareOut = { ...topics.riskAlerts, name: 'bare-out' };
let accounts = 0;

/** Sends one event a tick in a request of its own, and the usage of the tick in another; answers the milliseconds until the effect of each was read. */
async function round(producer: Producer, way: Way, rate: number, forSeconds: number): Promise<number[]> {
  const accepted = new Map<string, number>();
  const sends: Promise<unknown>[] = [];
  const began = performance.now();
  const { output } = way;
  for (let n = 0; n < alertsPerSecond * forSeconds; n += 1) {
    const early = began + n * tickMs - performance.now();
    if (early > 0) await sleep(early);
    sends.push(sendUsage(producer, way.usage, rate / alertsPerSecond - 1), send(producer, way.input, accepted));
  }
  await Promise.all(sends);
  const missing = () => [...accepted.keys()].filter((key) => !output.at.has(key)).length;
  await eventually(
    () => {
      if (missing() > 0) throw new Error(`${missing()} of ${accepted.size} events had no effect in time.`);
    },
    { timeoutMs: 60_000 },
  );
  // An effect can be read before the producer hears that its cause was accepted.
  return [...accepted].map(([key, at]) => Math.max(0, (output.at.get(key) ?? Number.NaN) - at));
}

async function sendUsage(producer: Producer, topic: string, count: number): Promise<void> {
  const time = new Date().toISOString();
  const messages = Array.from({ length: count }, () => {
    const account = `usage-${Math.floor(Math.random() * usageAccounts)}`;
    const user = Math.floor(Math.random() * 10);
    const data = { userId: `user-${user}`, event: `Feature ${user} Used` };
    const event = build.usage(data, { tenant: 'bench', account, time, receivedat: time });
    return { key: event.partitionkey, value: JSON.stringify(event), timestamp: `${Date.now()}` };
  });
  await producer.send({ topic, acks: -1, messages });
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
