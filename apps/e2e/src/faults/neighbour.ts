import { setTimeout as sleep } from 'node:timers/promises';
import { memoryOf } from '../bench/process-facts';
import { quantile, type Facts } from './experiment';
import { probe } from './probe';
import type { Door, Posted } from '../client/post';

/** Somebody who sends at a steady rate while something happens beside them. */
export interface Neighbour {
  readonly answers: readonly Posted[];
  /** Calls that broke, with what they said. */
  readonly broken: readonly string[];
}

/** Runs `work`, and a steady sender beside it on calls of its own. */
export async function beside(door: Door, work: () => Promise<void>, everyMs = 20): Promise<Neighbour> {
  const answers: Posted[] = [];
  const broken: string[] = [];
  const under = new Set<Promise<void>>();
  let done = false;
  const one = async () => {
    await probe(door).then(
      (answer) => answers.push(answer),
      (error: Error) => broken.push(error.message),
    );
  };
  const sending = (async () => {
    while (!done) {
      const call: Promise<void> = one().finally(() => under.delete(call));
      under.add(call);
      await sleep(everyMs);
    }
    await Promise.all(under);
  })();
  try {
    await work();
  } finally {
    done = true;
    await sending;
  }
  return { answers, broken };
}

/** What the neighbour must not have seen: anything but 200. */
export function harmed({ answers, broken }: Neighbour): string[] {
  const bad = answers
    .filter(({ status }) => status !== 200)
    .map(({ status, body }) => `${status} ${body.slice(0, 200)}`);
  return [...bad, ...broken].map((text) => `the neighbour was answered ${text}`);
}

export function timesOf({ answers }: Neighbour, name = 'neighbour'): Facts {
  const times = answers.map(({ ms }) => ms);
  return {
    [`${name}Calls`]: times.length,
    [`${name}P50Ms`]: quantile(times, 0.5),
    [`${name}P99Ms`]: quantile(times, 0.99),
  };
}

/** The most memory that a process had, in MB, while `work` ran, and what it had before. */
export async function memoryDuring(pid: number, work: () => Promise<void>): Promise<{ before: number; most: number }> {
  const before = memoryOf(pid).now;
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, memoryOf(pid).now)), 50);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return { before, most: Math.max(most, memoryOf(pid).now) };
}
