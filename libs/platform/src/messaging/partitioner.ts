import { Partitioners } from 'kafkajs';

// kafkajs's default partitioner is murmur2 as the Java client has it; it wants the topic's metadata, of which it reads the count.
const murmur2 = Partitioners.DefaultPartitioner();
const metadata = new Map<number, Parameters<typeof murmur2>[0]['partitionMetadata']>();

function partitionsOf(count: number): Parameters<typeof murmur2>[0]['partitionMetadata'] {
  let known = metadata.get(count);
  if (!known) {
    known = Array.from({ length: count }, (_, partitionId) => ({
      partitionErrorCode: 0,
      partitionId,
      leader: 0,
      replicas: [],
      isr: [],
    }));
    metadata.set(count, known);
  }
  return known;
}

/** The partition that `key` leads to on a topic of `count` partitions. */
export function partitionOf(key: Buffer, count: number): number {
  return murmur2({ topic: '', partitionMetadata: partitionsOf(count), message: { key, value: null } });
}
