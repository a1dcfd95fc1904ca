import { setTimeout as delay } from 'node:timers/promises';

import { databaseFailure } from '../errors/database-failure';
import { Problem } from '../errors/problem';
import type { BatchApplier, Run } from './batch-applier';
import { StaleGeneration } from './fence.repository';
import type { DecodedRecord } from './record';

/** How a run ended: applied, or left because the process stops or the partition is no longer ours. */
export type Outcome = 'applied' | 'abandoned';

/** What the reader asks of its surroundings while it works. */
export interface Surroundings {
  /** False once the process shuts down or the batch no longer belongs to us. */
  alive(): boolean;
  /** Told on every failure of a dependency (with the error) and when it is over (without). */
  troubled(error: unknown): void;
}

const firstPauseMs = 100;
const longestPauseMs = 5_000;

/**
 * Applies a run so that neither a failing dependency nor a poison record can lose or double an effect: a dependency is
 * waited for; anything else is narrowed down by halves until the culprit stands alone, which becomes a dead letter.
 */
export class RunApplier {
  constructor(private readonly applier: BatchApplier) {}

  async apply(run: Run, around: Surroundings): Promise<Outcome> {
    for (let attempt = 1; ; attempt += 1) {
      if (!around.alive()) return 'abandoned';
      try {
        await this.applier.apply(run);
        around.troubled(undefined);
        return 'applied';
      } catch (error) {
        if (error instanceof StaleGeneration || !around.alive()) return 'abandoned';
        if (!passes(error)) return this.narrow(run, error, around);
        around.troubled(error);
        await this.pause(run, attempt, around);
      }
    }
  }

  private async narrow(run: Run, error: unknown, around: Surroundings): Promise<Outcome> {
    if (run.records.length === 1) return this.giveUp(run, error, around);
    for (const records of halves(run.records)) {
      const outcome = await this.apply({ ...run, records }, around);
      if (outcome === 'abandoned') return outcome;
    }
    return 'applied';
  }

  private async giveUp(run: Run, error: unknown, around: Surroundings): Promise<Outcome> {
    for (let attempt = 1; around.alive(); attempt += 1) {
      try {
        await this.applier.giveUp(run, error, 1);
        return 'applied';
      } catch (failure) {
        if (failure instanceof StaleGeneration) return 'abandoned';
        around.troubled(failure);
        await this.pause(run, attempt, around);
      }
    }
    return 'abandoned';
  }

  /** Waits longer from time to time, in short steps, so that Kafka hears from us and a shutdown is noticed. */
  private async pause(run: Run, attempt: number, around: Surroundings): Promise<void> {
    let left = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1));
    while (left > 0 && around.alive()) {
      const step = Math.min(left, 500);
      await delay(step);
      await run.heartbeat();
      left -= step;
    }
  }
}

function halves(records: readonly DecodedRecord[]): [DecodedRecord[], DecodedRecord[]] {
  const middle = Math.ceil(records.length / 2);
  return [records.slice(0, middle), records.slice(middle)];
}

/** Whether the cause is a dependency that will come back, so that the same records are tried again. */
export function passes(error: unknown): boolean {
  return error instanceof Problem ? error.disposition === 'retry' : databaseFailure(error) === 'dependency';
}
