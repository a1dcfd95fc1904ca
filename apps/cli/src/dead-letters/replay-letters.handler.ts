import { setTimeout as sleep } from 'node:timers/promises';
import type { Queries } from '../databases/database.client';
import { DeadLettersReadModel } from './dead-letters.read-model';
import { DeadLettersRepository, type LetterFilter } from './dead-letters.repository';

export interface ReplayOutcome {
  readonly requested: number;
  readonly replayed: number;
  readonly failed: number;
  /** Not looked at yet: the service is away, or busy. */
  readonly waiting: number;
}

const lookEveryMs = 250;

/** Asks for a replay and waits for what comes of it, at most `waitMs`. */
export async function replayLetters(database: Queries, filter: LetterFilter, waitMs: number): Promise<ReplayOutcome> {
  const ids = await new DeadLettersRepository().requestReplay(database, filter);
  const readModel = new DeadLettersReadModel();
  const deadline = Date.now() + waitMs;
  let outcome = await readModel.outcome(database, ids);
  while (outcome.waiting > 0 && Date.now() < deadline) {
    await sleep(lookEveryMs);
    outcome = await readModel.outcome(database, ids);
  }
  return { requested: ids.length, ...outcome };
}
