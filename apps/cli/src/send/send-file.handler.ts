import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure, messageOf } from '../terminal/failure.domain';
import {
  nothingSent,
  pauseFor,
  readLine,
  withFault,
  withReceipt,
  type EventLine,
  type Tally,
} from './event-lines.domain';
import type { EventsClient } from './events.client';

export interface Pace {
  readonly batch: number;
  /** Events a second; undefined: as fast as ingestion takes them. */
  readonly rate?: number;
}

type Good = Extract<EventLine, { event: object }>;

/** Sends a file of events in their order, one batch after the other; memory holds one batch. `-` is standard input. */
export async function sendFile(file: string, client: EventsClient, pace: Pace): Promise<Tally> {
  const start = performance.now();
  let tally = nothingSent;
  for await (const batch of batches(file, pace.batch, (fault) => (tally = withFault(tally, fault)))) {
    const receipt = await client.send(batch.map(({ event }) => event));
    tally = withReceipt(
      tally,
      batch.map(({ line }) => line),
      receipt,
    );
    await sleep(pauseFor(tally.events, performance.now() - start, pace.rate));
  }
  return tally;
}

async function* batches(
  file: string,
  size: number,
  onFault: (fault: { line: number; fault: string }) => void,
): AsyncGenerator<Good[]> {
  let batch: Good[] = [];
  for await (const line of lines(file)) {
    if ('fault' in line) onFault(line);
    else batch.push(line);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function* lines(file: string): AsyncGenerator<EventLine> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  let number = 0;
  try {
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      const line = readLine(text, ++number);
      if (line) yield line;
    }
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${messageOf(error)}`);
  }
}
