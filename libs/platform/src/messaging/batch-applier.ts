import { Injectable } from '@nestjs/common';

import { Clock } from '../clock/clock';
import { Database } from '../database/database';
import type { Tx } from '../database/tx';
import type { Registration } from './consumer-registry';
import { failureOf } from './dead-letters.repository';
import { type FenceKey, FenceRepository } from './fence.repository';
import { KeptLetters } from './kept-letters';
import { countConsumed, inTraceOf } from './messaging-telemetry';
import { type DecodedRecord, type EventRecord, isBad } from './record';
import { SeenIdsRepository } from './seen-ids.repository';

/** A run of decoded records of one partition, and who applies it. */
export interface Run {
  readonly fence: FenceKey;
  readonly generation: bigint;
  readonly registration: Registration;
  readonly records: readonly DecodedRecord[];
  readonly heartbeat: () => Promise<void>;
}

/**
 * The consumer chain, in one transaction: fence → seen ids → erased people are replaced → the consumer's method → dead letters.
 * The fence comes first, so that a process that lost the partition touches nothing; it is advanced at once, which commits
 * with the effects or not at all. The seen ids come before the method, so that it only ever sees what is new; and the list of
 * erased people after the fence's write, so that the sweep of an erasure waits for a fold that has not seen it.
 */
@Injectable()
export class BatchApplier {
  constructor(
    private readonly database: Database,
    private readonly fences: FenceRepository,
    private readonly seenIds: SeenIdsRepository,
    private readonly letters: KeptLetters,
    private readonly clock: Clock,
  ) {}

  /** Applies the run. Throws what the method or the database threw, with nothing written. */
  async apply(run: Run): Promise<void> {
    const events = run.records.filter((record): record is EventRecord => !isBad(record));
    await inTraceOf(events, run.fence, () =>
      this.database.write(tenantsOf(events), async (tx) => {
        // Sent together: the fence's answer is there before that of the ids, and without it nothing is kept.
        const [, fresh] = await Promise.all([this.advance(tx, run), this.seenIds.claim(tx, events)]);
        if (fresh.records.length > 0) await this.callMethod(tx, run, fresh.records);
        for (const record of run.records) if (isBad(record)) await this.bury(tx, run.fence, record, undefined, 1);
        countConsumed(run.fence, fresh);
      }),
    );
  }

  /** Gives up on a single record: keeps it as a dead letter and steps over it. */
  async giveUp(run: Run, error: unknown, attempts: number): Promise<void> {
    const events = run.records.filter((record): record is EventRecord => !isBad(record));
    await this.database.write(tenantsOf(events), async (tx) => {
      await this.advance(tx, run);
      for (const record of run.records) await this.bury(tx, run.fence, record, error, attempts);
    });
  }

  private async callMethod(tx: Tx, run: Run, records: readonly EventRecord[]): Promise<void> {
    const envelopes = records.map((record) => record.envelope);
    const events = await this.letters.erased.scrub(tx, envelopes);
    await run.registration.apply(events as never, {
      tx,
      topic: run.fence.topic,
      partition: run.fence.partition,
      replay: false,
      now: this.clock.now(),
      heartbeat: run.heartbeat,
    });
  }

  private async bury(tx: Tx, fence: FenceKey, record: DecodedRecord, error: unknown, attempts: number): Promise<void> {
    const clean = await this.letters.erased.scrubRecord(tx, record);
    const letter = { record: clean, ...failureOf(clean, error), attempts };
    await this.letters.repository.add(tx, fence, letter, this.clock.now());
  }

  private async advance(tx: Tx, run: Run): Promise<void> {
    const last = run.records.at(-1);
    if (!last) return;
    const envelope = 'envelope' in last ? last.envelope : undefined;
    const identity = envelope ? { source: envelope.source, id: envelope.id } : null;
    await this.fences.advance(tx, run.fence, run.generation, { next: last.offset + 1n, last: identity });
  }
}

/** The tenants of the events, each once. */
export function tenantsOf(events: readonly EventRecord[]): string[] {
  return [...new Set(events.map((event) => event.envelope.tenantid))];
}
