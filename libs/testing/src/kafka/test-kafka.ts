import { randomBytes } from 'node:crypto';
import { topics as published, type Envelope, type Topic, eventByType } from '@tenure/contracts';
import { createTopics } from '@tenure/platform';
import { Kafka, logLevel, type Admin, type Producer } from 'kafkajs';
import { infra } from '../infra';
import { collect, type Collector } from './collector';

/** A record as a test writes it by hand. */
export interface RawMessage {
  readonly key?: string | null;
  readonly value: string | Buffer | null;
  readonly headers?: Record<string, string>;
  /** Default: as the key leads (murmur2). */
  readonly partition?: number;
}

/** The broker of the run, seen through one suite's own topics: every name has the suite's prefix. */
export class TestKafka {
  private readonly kafka: Kafka;
  private readonly collectors: Collector[] = [];
  private sender: Producer | undefined;

  constructor(readonly prefix = `t${randomBytes(4).toString('hex')}.`) {
    this.kafka = new Kafka({ clientId: 'test', brokers: [...infra().brokers], logLevel: logLevel.NOTHING });
  }

  /** What a service needs to find this suite's topics. */
  get env(): Record<string, string> {
    return { KAFKA_BROKERS: infra().brokers.join(','), TOPIC_PREFIX: this.prefix };
  }

  onBroker(topic: string): string {
    return this.prefix + topic;
  }

  /** Makes topics (default: all published ones) that a service would otherwise make when it starts. */
  async createTopics(topics: readonly Topic[] = Object.values(published)): Promise<void> {
    await this.withAdmin(async (admin) => {
      const existing = new Set(await admin.listTopics());
      const missing = topics.filter((topic) => !existing.has(this.onBroker(topic.name)));
      if (missing.length === 0) return;
      await createTopics(
        admin,
        missing.map((topic) => ({ topic: this.onBroker(topic.name), numPartitions: topic.partitions })),
      );
    });
  }

  /** Writes events to the topics of their types, acknowledged by the broker, in this order. */
  async produce(...envelopes: readonly Envelope[]): Promise<void> {
    const byTopic = Map.groupBy(envelopes, topicOf);
    const producer = await this.producer();
    await producer.sendBatch({
      acks: -1,
      topicMessages: [...byTopic].map(([topic, events]) => ({
        topic: this.onBroker(topic),
        messages: events.map((event) => ({
          key: event.partitionkey,
          value: JSON.stringify(event),
          timestamp: String(Date.parse(event.receivedat)),
          headers: {
            'content-type': 'application/cloudevents+json; charset=utf-8',
            ...(event.traceparent && { traceparent: event.traceparent }),
          },
        })),
      })),
    });
  }

  /** Writes anything at all, for tests of what is not an event. Answers the offsets. */
  async produceRaw(topic: string, ...messages: readonly RawMessage[]): Promise<string[]> {
    const producer = await this.producer();
    const sent = await producer.send({ topic: this.onBroker(topic), acks: -1, messages: [...messages] });
    return sent.map((record) => record.baseOffset ?? '');
  }

  /** Collects a topic's records from its beginning on, until `stop` or the end of the suite. */
  async consume(topic: Topic | string): Promise<Collector> {
    const name = typeof topic === 'string' ? topic : topic.name;
    const collector = await collect(this.kafka, this.onBroker(name));
    this.collectors.push(collector);
    return collector;
  }

  async withAdmin<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }

  /** Stops collectors and producer, and removes the suite's topics: hundreds of idle partitions slow a broker down. */
  async close(): Promise<void> {
    await Promise.all([...this.collectors.map((collector) => collector.stop()), this.sender?.disconnect()]);
    await this.withAdmin(async (admin) => {
      const mine = (await admin.listTopics()).filter((name) => name.startsWith(this.prefix));
      if (mine.length > 0) await admin.deleteTopics({ topics: mine });
    });
  }

  private async producer(): Promise<Producer> {
    if (!this.sender) {
      this.sender = this.kafka.producer({ allowAutoTopicCreation: false });
      await this.sender.connect();
    }
    return this.sender;
  }
}

function topicOf(event: Envelope): string {
  const definition = eventByType(event.type);
  if (!definition) throw new Error(`No event has the type ${event.type}.`);
  return definition.topic.name;
}
