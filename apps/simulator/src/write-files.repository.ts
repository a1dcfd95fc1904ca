import { createWriteStream, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { DaySlices } from './history/day-slices.domain';
import { truthOf } from './history/truth.domain';

/** The history as NDJSON, one CloudEvent a line; resolves with the number of events. */
export async function writeHistory(slices: DaySlices, file: string): Promise<number> {
  const stream = createWriteStream(file);
  let count = 0;
  for (const { events } of slices.history()) {
    count += events.length;
    const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('');
    if (!stream.write(lines)) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
  return count;
}

/** What the events do not tell, one account a line. */
export function writeTruth(slices: DaySlices, file: string): void {
  const lines = slices.plans.map((plan) => `${JSON.stringify(truthOf(slices.world, plan))}\n`);
  writeFileSync(file, lines.join(''));
}
