/**
 * A record as it goes over the wire. Its lengths are counted once, when it is queued: they bound the queue, and the batch
 * is written in one pass.
 */
export interface WireRecord {
  readonly topic: string;
  readonly key: string;
  readonly keyBytes: number;
  readonly value: string | Buffer;
  readonly valueBytes: number;
  /** As `encodeHeaders` made them; the records of one request share them. */
  readonly headers: Buffer;
  /** Milliseconds. */
  readonly timestamp: number;
}

/** Bytes of a batch before its first record. */
const headBytes = 61;
/** The checksum stands here, and covers everything behind itself. */
const crcAt = 17;
/** More than the length, the attributes and the numbers of one record ever take. */
const mostAroundRecord = 36;

/** Bytes that a record takes at most. */
export const sizeOf = (record: WireRecord): number =>
  record.keyBytes + record.valueBytes + record.headers.length + mostAroundRecord;

/** Headers as records carry them: their number, then name and value of each. */
export function encodeHeaders(headers: Readonly<Record<string, string>>): Buffer {
  const entries = Object.entries(headers);
  const bytes = entries.reduce((sum, entry) => sum + Buffer.byteLength(entry[0]) + Buffer.byteLength(entry[1]) + 10, 5);
  const target = Buffer.allocUnsafe(bytes);
  let at = writeVarint(target, 0, entries.length);
  for (const entry of entries) for (const text of entry) at = writeText(target, at, text, Buffer.byteLength(text));
  return target.subarray(0, at);
}

/**
 * The records of one partition as a record batch of Kafka's message format, version 2, not compressed. Written straight
 * into one buffer: a client's general encoder makes some twenty small ones for each record, which cost more than all else
 * that ingestion does with an event.
 * @see https://kafka.apache.org/documentation/#recordbatch
 */
export function encodeBatch(records: readonly WireRecord[], crc32c: (bytes: Buffer) => number): Buffer {
  const first = records[0]?.timestamp ?? 0;
  let most = headBytes;
  for (const record of records) most += sizeOf(record);
  const target = Buffer.allocUnsafeSlow(most);
  let at = headBytes;
  let latest = first;
  for (let n = 0; n < records.length; n += 1) {
    const record = records[n] as WireRecord;
    if (record.timestamp > latest) latest = record.timestamp;
    at = writeRecord(target, at, record, n, record.timestamp - first);
  }
  writeHead(target, at, records.length, first, latest);
  const batch = target.subarray(0, at);
  batch.writeUInt32BE(crc32c(batch.subarray(crcAt + 4)) >>> 0, crcAt);
  return batch;
}

/** Everything but the checksum. No producer id: a repeated event is recognised by its own identity. */
function writeHead(target: Buffer, end: number, count: number, first: number, latest: number): void {
  target.writeBigInt64BE(0n, 0); // base offset
  target.writeInt32BE(end - 12, 8); // length of what follows
  target.writeInt32BE(-1, 12); // partition leader epoch
  target.writeInt8(2, 16); // format
  target.writeInt16BE(0, 21); // attributes: no compression, times are the producer's
  target.writeInt32BE(count - 1, 23); // last offset
  target.writeBigInt64BE(BigInt(first), 27);
  target.writeBigInt64BE(BigInt(latest), 35);
  target.writeBigInt64BE(-1n, 43); // producer id
  target.writeInt16BE(-1, 51); // producer epoch
  target.writeInt32BE(-1, 53); // first sequence
  target.writeInt32BE(count, 57);
}

function writeRecord(target: Buffer, start: number, record: WireRecord, offset: number, age: number): number {
  const { keyBytes, valueBytes, headers } = record;
  const around = 1 + varintBytes(age) + varintBytes(offset) + varintBytes(keyBytes) + varintBytes(valueBytes);
  let at = writeVarint(target, start, around + keyBytes + valueBytes + headers.length);
  target[at] = 0; // attributes
  at = writeVarint(target, at + 1, age);
  at = writeVarint(target, at, offset);
  at = writeText(target, at, record.key, keyBytes);
  at = writeText(target, at, record.value, valueBytes);
  return at + headers.copy(target, at);
}

function writeText(target: Buffer, start: number, text: string | Buffer, bytes: number): number {
  const at = writeVarint(target, start, bytes);
  if (typeof text === 'string') target.write(text, at, bytes);
  else text.copy(target, at);
  return at + bytes;
}

/** Small values of either sign as small numbers; by arithmetic, for an age in milliseconds needs more than 32 bits. */
const zigzag = (value: number): number => (value >= 0 ? value * 2 : value * -2 - 1);

function varintBytes(value: number): number {
  let rest = zigzag(value);
  let bytes = 1;
  while (rest >= 128) {
    rest = Math.floor(rest / 128);
    bytes += 1;
  }
  return bytes;
}

function writeVarint(target: Buffer, start: number, value: number): number {
  let rest = zigzag(value);
  let at = start;
  while (rest >= 128) {
    target[at] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
    at += 1;
  }
  target[at] = rest;
  return at + 1;
}
