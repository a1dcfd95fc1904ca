import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@tenure/testing';
import type { Trial } from './experiment';
import type { Stage } from './stage';
import type { Injection } from './under-load';

/** Longer than the group's session timeout on the stage: the others take the partitions of whoever stands still. */
const longerThanASessionMs = 3_500;

/** Consumers come and go faster than the group settles. */
export const rebalanced: Injection = {
  id: 'A18',
  title: 'a second health process joins, is killed, joins again and leaves',
  async inject({ stage, form, random }: Trial) {
    const rounds = form === 'short' ? 1 : 4;
    for (let round = 0; round < rounds; round += 1) {
      const { pid } = await stage.twin('health');
      await sleep(random.below(1_500));
      if (round % 2 === 0) process.kill(pid, 'SIGKILL');
      await stage.withoutTwin('health');
    }
    return { joins: rounds, settledMs: await stage.ready() };
  },
};

/** A consumer stands still while another takes its partitions, and wakes with a batch in its hands. */
export const zombie: Injection = {
  id: 'A20',
  title: 'SIGSTOP of health for longer than its session, its partitions taken by another process, then SIGCONT',
  async inject({ stage, form, random }: Trial) {
    const pid = stage.stack.pidOf('health');
    await stage.twin('health');
    await sleep(500 + random.below(500));
    const before = await generation(stage);
    process.kill(pid, 'SIGSTOP');
    try {
      await sleep(form === 'short' ? longerThanASessionMs : 3 * longerThanASessionMs);
      // Proof that somebody else works meanwhile: the fence moved on to a newer generation.
      await eventually(async () => mustBeNewer(await generation(stage), before));
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await sleep(1_000);
    return { generations: (await generation(stage)) - before, settledMs: await stage.ready() };
  },
};

async function generation(stage: Stage): Promise<number> {
  const [row] = await stage.query<{ n: string }>(
    'health',
    'select coalesce(sum(generation), 0) as n from system.fence',
  );
  return Number(row?.n);
}

function mustBeNewer(now: number, before: number): void {
  if (now <= before) throw new Error('Nobody took the partitions of the process that stands still.');
}
