import { randomBytes } from 'node:crypto';
import type { Envelope } from '@tenure/contracts';
import type { IHeaders, Kafka } from 'kafkajs';
import { eventually } from '../eventually';

/** A record as it was read. */
export interface CollectedRecord {
  readonly partition: number;
  readonly offset: string;
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** What has come in on a topic so far. */
export interface Collector {
  readonly records: readonly CollectedRecord[];
  /** The records' values as events; the caller names the data's type. */
  envelopes<T = unknown>(): Envelope<T>[];
  /** Waits until at least `count` events are there that `where` accepts (default: any), and answers them. */
  waitFor<T = unknown>(
    count: number,
    where?: (event: Envelope<T>) => boolean,
    timeoutMs?: number,
  ): Promise<Envelope<T>[]>;
  stop(): Promise<void>;
}

/** Reads `topic` (its name on the broker) from the beginning. Resolves once the reader has its partitions. */
export async function collect(kafka: Kafka, topic: string): Promise<Collector> {
  const records: CollectedRecord[] = [];
  const consumer = kafka.consumer({
    groupId: `${topic}.reader.${randomBytes(4).toString('hex')}`,
    sessionTimeout: 10_000,
    rebalanceTimeout: 2_000,
    maxWaitTimeInMs: 50,
  });
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ partition, message }) => {
      records.push({
        partition,
        offset: message.offset,
        key: message.key?.toString() ?? null,
        value: message.value?.toString() ?? null,
        headers: textOf(message.headers),
      });
    },
  });
  await joined;
  return { records, stop: () => consumer.disconnect(), ...reading(records) };
}

function reading(records: readonly CollectedRecord[]): Pick<Collector, 'envelopes' | 'waitFor'> {
  const envelopes = <T>(): Envelope<T>[] =>
    records.flatMap(({ value }) => (value === null ? [] : [JSON.parse(value) as Envelope<T>]));
  return {
    envelopes,
    waitFor: <T>(count: number, where: (event: Envelope<T>) => boolean = () => true, timeoutMs = 15_000) =>
      eventually(
        () => {
          const found = envelopes<T>().filter(where);
          if (found.length < count)
            throw new Error(`${found.length} of ${count} events came, ${records.length} records.`);
          return found;
        },
        { timeoutMs },
      ),
  };
}

function textOf(headers: IHeaders | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]));
}
