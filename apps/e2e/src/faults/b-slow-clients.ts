import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Door } from '../client/post';
import { quantile, unless, type Experiment, type Outcome, type Trial } from './experiment';
import { beside, harmed, memoryDuring, timesOf } from './neighbour';
import { doorOf } from './probe';

const mostGrowthMb = 50;

/** Thousands of clients that never finish what they say: half of them in the headers, half in the body. */
export const slowClients: Experiment = {
  id: 'B13',
  title: '2,000 connections at one byte a second: they are let go in time, and others do not notice',
  async run({ stage, form }: Trial): Promise<Outcome> {
    const long = form === 'long';
    const door = doorOf(stage, await stage.probe());
    const pid = stage.stack.pidOf('ingestion');
    const calm = await beside(door, () => sleep(long ? 10_000 : 500));
    const clients: SlowClient[] = [];
    let seen = { before: 0, most: 0 };
    const during = await beside(door, async () => {
      seen = await memoryDuring(pid, async () => {
        for (let at = 0; at < (long ? 2_000 : 300); at += 1) clients.push(new SlowClient(door, at % 2 === 0));
        await sleep(long ? 60_000 : 2_000);
      });
    });
    const let_go = clients.filter(({ ended }) => ended).length;
    for (const client of clients) client.end();
    const growth = seen.most - seen.before;
    const [before, now] = [calm, during].map(({ answers }) =>
      quantile(
        answers.map(({ ms }) => ms),
        0.99,
      ),
    );
    return {
      violations: [
        ...harmed(during),
        ...unless(stage.stack.pidOf('ingestion') === pid, 'ingestion ended'),
        ...unless(
          !long || let_go === clients.length,
          `${clients.length - let_go} slow clients are still there after a minute`,
        ),
        ...unless(!long || growth < mostGrowthMb, `ingestion grew by ${growth} MB`),
      ],
      facts: {
        connections: clients.length,
        letGo: let_go,
        rssGrowthMb: growth,
        calmP99Ms: before ?? 0,
        ...timesOf(during),
        p99Ratio: Number(((now ?? 0) / (before ?? 1)).toFixed(2)),
      },
    };
  },
};

class SlowClient {
  ended = false;
  private readonly socket: Socket;
  private readonly timer: NodeJS.Timeout;

  constructor({ url, writeKey }: Door, inHeaders: boolean) {
    const { hostname, port, host } = new URL(url);
    this.socket = connect(Number(port), hostname);
    const head = `POST /v1/track HTTP/1.1\r\nhost: ${host}\r\nauthorization: Basic ${btoa(`${writeKey}:`)}\r\n`;
    this.socket.write(
      inHeaders ? `${head}x-slow: ` : `${head}content-type: application/json\r\ncontent-length: 1000\r\n\r\n{`,
    );
    this.socket
      .on('error', () => undefined)
      .on('close', () => this.end())
      .resume();
    this.timer = setInterval(() => this.socket.write('x'), 1_000);
  }

  end(): void {
    clearInterval(this.timer);
    this.ended = true;
    this.socket.destroy();
  }
}
