// The floor that folding is compared with: kafkajs's eachBatch and JSON.parse over the same topic, nothing else.
import { randomUUID } from 'node:crypto';

import { Kafka, logLevel } from 'kafkajs';

const [brokers = '', topic = '', count = ''] = process.argv.slice(2);
const consumer = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING }).consumer({
  groupId: `bare-${randomUUID()}`,
  // What the services set.
  maxWaitTimeInMs: 100,
  maxBytesPerPartition: 2 * 1024 * 1024,
});

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function main(): Promise<void> {
  let began: { readonly at: number; readonly cpu: number } | undefined;
  let seen = 0;
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    partitionsConsumedConcurrently: 4,
    eachBatch: ({ batch }) => {
      began ??= { at: performance.now(), cpu: cpuSeconds() };
      for (const { value } of batch.messages) {
        const event = JSON.parse(value?.toString('utf8') ?? '') as { data?: object };
        if (event.data) seen += 1;
      }
      if (seen === Number(count))
        process.send?.({ seconds: (performance.now() - began.at) / 1_000, cpu: cpuSeconds() - began.cpu });
      return Promise.resolve();
    },
  });
}

void main();
