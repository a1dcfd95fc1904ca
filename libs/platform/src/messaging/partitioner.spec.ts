import { randomBytes } from 'node:crypto';

import { Partitioners } from 'kafkajs';

import { partitionOf } from './partitioner';

const partitions = 12;
const reference = Partitioners.DefaultPartitioner();
const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
  partitionErrorCode: 0,
  partitionId,
  leader: 0,
  replicas: [],
  isr: [],
}));

describe('the partition of a key', () => {
  it('is the one that producers choose, for keys of every length', () => {
    const keys = Array.from({ length: 2_000 }, (_, n) => randomBytes(n % 67));
    const chosen = keys.map((key) => reference({ topic: '', partitionMetadata, message: { key, value: null } }));
    expect(keys.map((key) => partitionOf(key, partitions))).toEqual(chosen);
  });

  it('is that of the Java client', () => {
    // From Kafka's own UtilsTest: murmur2 of these texts.
    const known = { '21': -973932308, foobar: -790332482, 'a-little-bit-long-string': -985981536 };
    for (const [text, hash] of Object.entries(known)) {
      expect(partitionOf(Buffer.from(text), 0x7fffffff)).toBe((hash & 0x7fffffff) % 0x7fffffff);
    }
  });
});
