import type { DaySlices } from '../history/day-slices.domain';
import { type Batch, packBatches } from './batches.domain';
import type { IngestionClient } from './ingestion.client';
import { Ledger } from './ledger.domain';
import type { Progress } from './progress.client';

const inFlight = 3;

/** Sends the whole history, a few batches at a time, each until its receipt is in. Repeating it is harmless: ids stay the same. */
export async function playHistory(slices: DaySlices, client: IngestionClient, progress: Progress): Promise<Ledger> {
  const ledger = new Ledger();
  const batches = packBatches(slices.history());
  const sendNext = async (): Promise<void> => {
    for (let next = batches.next(); !next.done; next = batches.next()) {
      await sendOne(next.value, client, ledger);
      progress.to(next.value.day - slices.world.start + 1);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, sendNext));
  progress.stop();
  return ledger;
}

async function sendOne({ body, count }: Batch, client: IngestionClient, ledger: Ledger): Promise<void> {
  ledger.add(count, await client.sendBody(body));
}
