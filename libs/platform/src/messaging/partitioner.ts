const seed = 0x9747b28c;
const m = 0x5bd1e995;
const r = 24;

/**
 * The partition that `key` leads to on a topic of `count` partitions: murmur2 as the Java client has it. kafkajs has the
 * same with 64-bit arithmetic in objects, which was 3 % of what folding an event costs.
 * @param length bytes of the key, where `key` is a buffer that holds more
 */
export function partitionOf(key: Buffer, count: number, length = key.length): number {
  return (murmur2(key, length) & 0x7fffffff) % count;
}

function murmur2(bytes: Buffer, length: number): number {
  let h = seed ^ length;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    let k = Math.imul(bytes.readInt32LE(at), m);
    k ^= k >>> r;
    h = Math.imul(h, m) ^ Math.imul(k, m);
  }
  return finish(at < length ? Math.imul(h ^ bytes.readUIntLE(at, length - at), m) : h);
}

function finish(hash: number): number {
  let h = hash ^ (hash >>> 13);
  h = Math.imul(h, m);
  return h ^ (h >>> 15);
}
