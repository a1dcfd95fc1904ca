import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip, gzipSync } from 'node:zlib';
import type { Door } from '../client/post';
import { rawRequest, type Ending, type RawRequest } from '../client/raw-request';
import { unless, type Experiment, type Trial } from './experiment';
import { beside, harmed, memoryDuring, timesOf } from './neighbour';
import { doorOf } from './probe';

const MB = 1024 * 1024;
const mostGrowthMb = 50;
const batchType = { 'content-type': 'application/cloudevents-batch+json' };
const oneType = { 'content-type': 'application/cloudevents+json' };

interface Hostile {
  readonly name: string;
  readonly make: () => RawRequest;
  /** What may be the end of it; a server that refuses early may also cut a client that goes on sending. */
  readonly ends: readonly Ending[];
}

const refused: readonly Ending[] = [400, 413, 'cut'];
const event = (data: object) => ({ specversion: '1.0', id: 'h', source: 'h', type: 'tenure.usage.recorded.v1', data });
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
const keys = (count: number): string => `{${Array.from({ length: count }, (_, at) => `"k${at}":${at}`).join(',')}}`;
const track = (properties: string): Buffer =>
  Buffer.from(`{"userId":"u","event":"e","context":{"groupId":"g"},"properties":${properties}}`);

/** A gigabyte of blanks in about a megabyte, packed as it is sent: no client has to hold it. */
function bomb(bytes: number): Readable {
  const piece = Buffer.alloc(MB, 0x20);
  let left = bytes / MB;
  const plain = new Readable({
    read() {
      this.push(left-- > 0 ? piece : null);
    },
  });
  return plain.pipe(createGzip());
}

function hostile(bombBytes: number): Hostile[] {
  const to = (path: string, body: Buffer | Readable, headers = {}) => ({ path, body, headers });
  const small = event({ accountId: 'a', event: 'e' });
  return [
    {
      name: 'a batch of 10,001 events',
      make: () => to('/v1/events', json(Array(10_001).fill({})), batchType),
      ends: [413],
    },
    {
      name: 'a batch of 10,001 calls',
      make: () => to('/v1/batch', json({ batch: Array(10_001).fill({}) })),
      ends: [400],
    },
    { name: 'a body of 11 MB', make: () => to('/v1/batch', Buffer.alloc(11 * MB, 0x20)), ends: [413, 'cut'] },
    { name: 'a body of 11 MB in chunks', make: () => to('/v1/batch', pieces(11)), ends: [413, 'cut'] },
    { name: 'an event of 1 MB and a byte', make: () => to('/v1/track', track(`"${'x'.repeat(MB)}"`)), ends: refused },
    { name: 'an event of 40 KB', make: () => to('/v1/track', track(`"${'x'.repeat(40_000)}"`)), ends: [400] },
    { name: 'JSON of 1,000 levels', make: () => to('/v1/track', track(nested(1_000))), ends: [400] },
    { name: 'JSON of 80,000 levels', make: () => to('/v1/track', track(nested(80_000))), ends: [400] },
    {
      name: 'arrays of 100,000 levels',
      make: () => to('/v1/events', Buffer.from('['.repeat(200_000)), batchType),
      ends: [400],
    },
    { name: 'a million keys', make: () => to('/v1/track', track(keys(1_000_000))), ends: refused },
    {
      name: 'as many keys as fit',
      make: () => to('/v1/events', json(event({ a: keys(30_000) })), oneType),
      ends: [400],
    },
    {
      name: 'a gzip bomb of CloudEvents',
      make: () => to('/v1/events', bomb(bombBytes), { ...batchType, 'content-encoding': 'gzip' }),
      ends: refused,
    },
    {
      name: 'a gzip bomb of calls',
      make: () => to('/v1/batch', bomb(bombBytes), { 'content-encoding': 'gzip' }),
      ends: refused,
    },
    {
      name: 'gzip that breaks off',
      make: () => to('/v1/batch', gzipSync(json(small)).subarray(0, 30), { 'content-encoding': 'gzip' }),
      ends: [400],
    },
    {
      name: 'a body that is no gzip',
      make: () => to('/v1/batch', json(small), { 'content-encoding': 'gzip' }),
      ends: [400],
    },
    {
      name: 'an unknown encoding',
      make: () => to('/v1/batch', json(small), { 'content-encoding': 'br' }),
      ends: [415],
    },
    {
      name: 'bytes that are no UTF-8',
      make: () => to('/v1/events', Buffer.alloc(1_000, 0xff), batchType),
      ends: [400],
    },
    {
      name: 'a prototype as a key',
      make: () => to('/v1/track', track('{"__proto__":{"polluted":1}}')),
      ends: [200, 400],
    },
    { name: 'no body', make: () => to('/v1/events', Buffer.alloc(0), batchType), ends: [400] },
    {
      name: 'headers of 64 KB',
      make: () => to('/v1/events', json(small), { ...oneType, 'x-large': 'x'.repeat(65_536) }),
      ends: [400, 431, 'cut'],
    },
  ];
}

function pieces(count: number): Readable {
  const piece = Buffer.alloc(MB, 0x20);
  return Readable.from(Array.from({ length: count }, () => piece));
}

/** Bodies made to cost more than they are: refused or served, never a 500, and nobody else notices. */
export const hostileBodies: Experiment = {
  id: 'B10',
  title: 'oversized, bottomless and exploding bodies, a steady sender beside them, memory of the process',
  async run(trial: Trial) {
    const { stage, form } = trial;
    const door = doorOf(stage, await stage.tenant());
    const neighbour = doorOf(stage, await stage.probe());
    const pid = stage.stack.pidOf('ingestion');
    const long = form === 'long';
    const wrong: string[] = [];
    const round = () => attack(door, long ? 1_024 * MB : 128 * MB, wrong);
    // Once for everything that is loaded and compiled only now: the growth of the process is measured from there.
    if (long) await warmUp(neighbour, round);
    const rounds = long ? 3 : 1;
    let seen = { before: 0, most: 0 };
    const beside_ = await beside(neighbour, async () => {
      seen = await memoryDuring(pid, async () => {
        for (let at = 0; at < rounds; at += 1) await round();
      });
    });
    const growth = seen.most - seen.before;
    return {
      violations: [
        ...wrong,
        ...harmed(beside_),
        ...unless(stage.stack.pidOf('ingestion') === pid, 'ingestion ended'),
        ...unless(!long || growth < mostGrowthMb, `ingestion grew by ${growth} MB`),
      ],
      facts: { bodies: rounds * hostile(1).length, rssBeforeMb: seen.before, rssGrowthMb: growth, ...timesOf(beside_) },
    };
  },
};

async function warmUp(neighbour: Door, round: () => Promise<void>): Promise<void> {
  await beside(neighbour, round);
  await beside(neighbour, () => sleep(5_000));
}

async function attack(door: Door, bombBytes: number, wrong: string[]): Promise<void> {
  for (const { name, make, ends } of hostile(bombBytes)) {
    const ending = await rawRequest(door, make());
    if (!ends.includes(ending)) wrong.push(`${name} was answered ${ending}, not ${ends.join(' or ')}`);
  }
}
