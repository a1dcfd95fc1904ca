import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DaySlices } from '../history/day-slices.domain';
import { dayOf } from '../world/calendar.domain';
import { createWorld } from '../world/world.domain';
import { packBatches } from './batches.domain';
import { IngestionClient } from './ingestion.client';
import { playHistory } from './play-history.handler';

const world = createWorld({ seed: 'send', accounts: 100, months: 3, until: dayOf('2026-03-31') });
const slices = new DaySlices(world);
const silent = { to: () => undefined, stop: () => undefined };

interface Post {
  readonly body: string;
  readonly headers: NodeJS.Dict<string | string[]>;
}

/** An ingestion that answers as told and keeps what it was sent. */
async function ingestion(answer: (post: Post, number: number) => { status: number; headers?: Record<string, string> }) {
  const posts: Post[] = [];
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const post = { body: Buffer.concat(parts).toString(), headers: request.headers };
      const { status, headers = {} } = answer(post, posts.length);
      posts.push(post);
      const count = (JSON.parse(post.body) as unknown[]).length;
      response.writeHead(status, headers).end(JSON.stringify({ accepted: count, held: 0, rejected: [] }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, posts, stop: () => new Promise((resolve) => server.close(resolve)) };
}

const limits = { giveUpAfterMs: 20_000 };

describe('batches', () => {
  it('stay below their limits, keep the order and lose nothing', () => {
    const days = [...slices.history(world.until - 9)];
    const batches = [...packBatches(days, { bytes: 20_000, events: 70 })];
    for (const { body, count } of batches) {
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(20_000);
      expect(count).toBeLessThanOrEqual(70);
    }
    const sent = batches.flatMap(({ body }) => JSON.parse(body) as unknown[]);
    expect(sent).toEqual(days.flatMap(({ events }) => events));
  });
});

describe('playing the history', () => {
  it('sends every batch with the import key and a ledger that adds up', async () => {
    const server = await ingestion(() => ({ status: 202 }));
    const ledger = await playHistory(slices, new IngestionClient(server.url, 'the-key', limits), silent);
    await server.stop();
    const events = server.posts.flatMap(({ body }) => JSON.parse(body) as { knownat?: string }[]);
    expect(ledger.sent).toBe(events.length);
    expect(ledger.toString()).toBe(`sent ${events.length} = accepted ${events.length} + held 0 + rejected 0 (adds up)`);
    expect(events.every(({ knownat }) => knownat)).toBe(true);
    for (const { headers } of server.posts) {
      expect(headers.authorization).toBe('Bearer the-key');
      expect(headers['content-type']).toBe('application/cloudevents-batch+json');
    }
  });

  it('sends the same bytes again after 503, as late as it is asked to', async () => {
    const server = await ingestion((_, number) =>
      number === 0 ? { status: 503, headers: { 'retry-after': '1' } } : { status: 202 },
    );
    const before = Date.now();
    const receipt = await new IngestionClient(server.url, 'k', limits).sendEvents(
      slices.plannedOn(world.until - 5).slice(0, 3),
    );
    await server.stop();
    expect(receipt.accepted).toBe(3);
    expect(Date.now() - before).toBeGreaterThanOrEqual(990);
    expect(server.posts).toHaveLength(2);
    expect(server.posts[1]!.body).toBe(server.posts[0]!.body);
  });

  it('does not repeat what is refused for good', async () => {
    const server = await ingestion(() => ({ status: 401 }));
    await expect(new IngestionClient(server.url, 'k', limits).sendBody('[]')).rejects.toThrow('answered 401');
    await server.stop();
    expect(server.posts).toHaveLength(1);
  });

  it('gives up with the reason when nobody answers', async () => {
    const client = new IngestionClient('http://127.0.0.1:1', 'k', { giveUpAfterMs: 300 });
    await expect(client.sendBody('[]')).rejects.toThrow(/gave up on .*\/v1\/events: .*fetch failed/);
  });
});
