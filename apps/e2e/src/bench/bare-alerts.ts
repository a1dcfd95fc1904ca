// The floor of alert latency: every record is read with eachBatch and a record of its key is produced with acks=all.
import { randomUUID } from 'node:crypto';

import { Kafka, logLevel } from 'kafkajs';

const [brokers = '', from = '', to = ''] = process.argv.slice(2);
const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
const consumer = kafka.consumer({ groupId: `bare-${randomUUID()}`, maxWaitTimeInMs: 100 });
const producer = kafka.producer({ allowAutoTopicCreation: false });

async function main(): Promise<void> {
  await Promise.all([consumer.connect(), producer.connect()]);
  await consumer.subscribe({ topic: from, fromBeginning: true });
  consumer.on(consumer.events.GROUP_JOIN, () => process.send?.({ joined: true }));
  await consumer.run({
    autoCommit: false,
    partitionsConsumedConcurrently: 4,
    eachBatch: async ({ batch }) => {
      const messages = batch.messages.map(({ key, value }) => ({
        key,
        value: JSON.stringify(JSON.parse(value?.toString('utf8') ?? '')),
      }));
      await producer.send({ topic: to, acks: -1, messages });
    },
  });
}

void main();
