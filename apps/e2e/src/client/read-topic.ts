import { randomUUID } from 'node:crypto';
import { eventually } from '@tenure/testing';
import { Kafka, logLevel } from 'kafkajs';

/** A record, as any subscriber sees it. */
export interface TopicRecord {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Everything that is on the topic at this moment, read by a plain kafkajs consumer. */
export async function readTopic(brokers: readonly string[], topic: string): Promise<TopicRecord[]> {
  const kafka = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING });
  const total = await recordsOn(kafka, topic);
  const records: TopicRecord[] = [];
  const consumer = kafka.consumer({ groupId: `reader-${randomUUID()}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message }) => {
        const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]);
        records.push({
          key: String(message.key),
          value: String(message.value),
          headers: Object.fromEntries(headers) as Record<string, string>,
        });
      },
    });
    await eventually(
      () => {
        if (records.length < total) throw new Error(`${records.length} of ${total} records of ${topic} were read.`);
      },
      { timeoutMs: 30_000 },
    );
  } finally {
    await consumer.disconnect();
  }
  return records;
}

async function recordsOn(kafka: Kafka, topic: string): Promise<number> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    const offsets = await admin.fetchTopicOffsets(topic);
    return offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  } finally {
    await admin.disconnect();
  }
}
