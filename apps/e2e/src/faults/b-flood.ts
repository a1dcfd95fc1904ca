import { setTimeout as sleep } from 'node:timers/promises';
import { post, type Door } from '../client/post';
import { quantile, unless, type Experiment, type Outcome, type Trial } from './experiment';
import { beside, harmed, timesOf } from './neighbour';
import { doorOf } from './probe';

const lanes = 16;
/** A few milliseconds are noise on any machine; below this no ratio is formed. */
const leastMs = 5;

/** One tenant sends as much as it can; another one's calls go on as before. */
export const flood: Experiment = {
  id: 'B9',
  title: 'one tenant floods with batches on 16 connections; the p99 of another grows at most twofold',
  async run({ stage, form, random }: Trial): Promise<Outcome> {
    const long = form === 'long';
    const flooding = doorOf(stage, await stage.tenant());
    const quiet = doorOf(stage, await stage.probe());
    const calm = await beside(quiet, () => sleep(long ? 15_000 : 1_000));
    const counts: Record<number, number> = {};
    const until = { time: 0 };
    const during = await beside(quiet, async () => {
      until.time = Date.now() + (long ? 30_000 : 2_000);
      await Promise.all(Array.from({ length: lanes }, () => lane(flooding, until.time, counts, random.next)));
    });
    const [before = 0, now = 0] = [calm, during].map(({ answers }) =>
      quantile(
        answers.map(({ ms }) => ms),
        0.99,
      ),
    );
    const ratio = Math.max(now, leastMs) / Math.max(before, leastMs);
    const odd = Object.keys(counts).filter((status) => !['200', '429', '503'].includes(status));
    return {
      violations: [
        ...harmed(during),
        ...odd.map((status) => `the flood was answered ${status}`),
        ...unless(!long || ratio <= 2, `the other tenant's p99 grew ${ratio.toFixed(1)} times`),
      ],
      facts: {
        flood: JSON.stringify(counts),
        calmP99Ms: before,
        ...timesOf(during),
        p99Ratio: Number(ratio.toFixed(2)),
      },
    };
  },
};

async function lane(door: Door, until: number, counts: Record<number, number>, random: () => number): Promise<void> {
  while (Date.now() < until) {
    const batch = Array.from({ length: 100 }, () => ({
      type: 'track',
      messageId: `f-${random()}`,
      userId: 'u',
      event: 'Flooded',
      context: { groupId: 'hot' },
    }));
    const { status, retryAfterS } = await post(door, '/v1/batch', JSON.stringify({ batch }));
    counts[status] = (counts[status] ?? 0) + 1;
    // A client that is told to wait and floods all the same would be the network's business.
    if (status !== 200) await sleep(Math.min(retryAfterS || 0.1, 0.5) * 1_000);
  }
}
