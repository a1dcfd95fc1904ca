import { crc32c, Reader, readRecordsBatch } from '@platformatic/kafka';
import fc from 'fast-check';

import { encodeBatch, encodeHeaders, sizeOf, type WireRecord } from './producer-encoding';

const record = (
  key: string,
  value: string | Buffer,
  headers: Record<string, string>,
  timestamp: number,
): WireRecord => ({
  topic: 't',
  key,
  keyBytes: Buffer.byteLength(key),
  value,
  valueBytes: Buffer.byteLength(value),
  headers: encodeHeaders(headers),
  timestamp,
});

const text = fc.string({ unit: 'binary', maxLength: 300 });
const records = fc.array(
  fc.record({
    key: text,
    value: fc.oneof(text, fc.string({ minLength: 100, maxLength: 40_000 }), fc.uint8Array({ maxLength: 300 })),
    headers: fc.dictionary(fc.string({ maxLength: 20 }), text, { maxKeys: 3 }),
    timestamp: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  }),
  { minLength: 1, maxLength: 40 },
);

describe('a record batch', () => {
  it('is read by another implementation as what was written, whatever it holds', () => {
    const property = fc.property(records, (written) => {
      const own = written.map((each) => {
        const value = typeof each.value === 'string' ? each.value : Buffer.from(each.value);
        return record(each.key, value, each.headers, each.timestamp);
      });
      const batch = encodeBatch(own, crc32c);
      const read = readRecordsBatch(Reader.from(batch));
      expect(read).toMatchObject({ magic: 2, length: batch.length - 12, lastOffsetDelta: own.length - 1 });
      expect(read.crc).toBe(crc32c(batch.subarray(21)) >>> 0);
      expect(Number(read.maxTimestamp)).toBe(Math.max(...own.map((each) => each.timestamp)));
      for (const [n, each] of read.records.entries()) {
        const sent = written[n]!;
        expect(each.offsetDelta).toBe(n);
        expect(Number(read.firstTimestamp + each.timestampDelta)).toBe(sent.timestamp);
        expect(each.key?.equals(Buffer.from(sent.key))).toBe(true);
        expect(each.value?.equals(Buffer.from(sent.value as string))).toBe(true);
        const headers = each.headers.map(([name, value]) => [name?.toString('utf8'), value?.toString('utf8')]);
        expect(headers).toEqual(Object.entries(sent.headers).map(([name, value]) => [utf8(name), utf8(value)]));
      }
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('is never larger than was counted for the queue', () => {
    const own = [record('k', 'v', {}, 9), record('k'.repeat(200), 'ü'.repeat(70_000), { a: 'b' }, 5_000_000_000)];
    const most = own.reduce((sum, each) => sum + sizeOf(each), 61);
    expect(encodeBatch(own, crc32c).length).toBeLessThanOrEqual(most);
  });
});

/** As it arrives: half of a surrogate pair cannot be written. */
const utf8 = (sent: string) => Buffer.from(sent).toString('utf8');
