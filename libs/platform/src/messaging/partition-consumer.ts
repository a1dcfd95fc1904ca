import { Injectable } from '@nestjs/common';
import type { EachBatchPayload } from 'kafkajs';

import { Logger } from '../logging/logger';
import { BatchApplier } from './batch-applier';
import type { Registration } from './consumer-registry';
import { ConsumerState } from './consumer-state';
import { KafkaClient } from './kafka-client';
import {
  type Control,
  nameOf,
  PartitionPositions,
  type Position,
  sameAsApplied,
  type Stopped,
} from './partition-positions';
import { type DecodedRecord, decode, rawRecord } from './record';
import { RunApplier } from './run-applier';

/** Most records in one transaction: large enough for multi-row statements, small enough to retry and to stop quickly. */
const runSize = 5_000;

/** A batch, where it lies and who applies it. */
interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly payload: EachBatchPayload;
  readonly registration: Registration;
  readonly control: Control;
}

/** Applies the batches that Kafka hands out, each from exactly where the fence stands. */
@Injectable()
export class PartitionConsumer {
  private readonly runs: RunApplier;
  private readonly soughtBack = new Set<string>();

  constructor(
    applier: BatchApplier,
    private readonly positions: PartitionPositions,
    private readonly client: KafkaClient,
    private readonly state: ConsumerState,
    private readonly logger: Logger,
  ) {
    this.runs = new RunApplier(applier);
  }

  async consume(payload: EachBatchPayload, registration: Registration, control: Control): Promise<void> {
    const topic = this.client.fromBroker(payload.batch.topic);
    const { partition } = payload.batch;
    const position = await this.positions.of(topic, partition);
    if (!position) return;
    if (position.kind === 'stopped') return control.pause(topic, partition);
    const place = { topic, partition, control, payload, registration };
    if (fetchedOffset(payload) !== position.from) return this.misplaced(place, position);
    this.soughtBack.delete(nameOf(topic, partition));
    await this.applyFrom(place, position);
  }

  /** Once is the start of an assignment; twice in a row, the log no longer has our place: look at it again. */
  private async misplaced(place: Place, position: Position): Promise<void> {
    const { topic, partition, control, payload, registration } = place;
    const name = nameOf(topic, partition);
    let start: Position | Stopped = position;
    if (this.soughtBack.has(name)) {
      start = await this.positions.retake(topic, partition);
      const gone = start.kind === 'read' && fetchedOffset(payload) > start.from;
      // The records from our place to the next one were compacted away, and the client steps over such by itself.
      if (start.kind === 'read' && gone && registration.topic.cleanup === 'compact')
        return this.applyFrom(place, start);
    }
    this.soughtBack.add(name);
    if (start.kind === 'read') control.seek(topic, partition, start.from);
    else control.pause(topic, partition);
  }

  private async applyFrom(place: Place, position: Position): Promise<void> {
    const { topic, payload, registration } = place;
    const { messages, partition } = payload.batch;
    const origin = { topic, partition, partitions: registration.topic.partitions };
    const first = messages[0];
    if (first && !this.isOurs(place, position, decode(rawRecord(first), origin))) return;
    const fresh = messages.findIndex((message) => BigInt(message.offset) >= position.next);
    position.verify = null;
    for (let start = fresh; start >= 0 && start < messages.length; start += runSize) {
      const run = {
        fence: { group: this.client.group, topic, partition },
        generation: position.generation,
        registration,
        // One run after the other: what is decoded lives until its transaction ends.
        records: messages.slice(start, start + runSize).map((message) => decode(rawRecord(message), origin)),
        heartbeat: () => payload.heartbeat(),
      };
      const outcome = await this.runs.apply(run, {
        alive: () => payload.isRunning() && !payload.isStale(),
        troubled: (error) => this.troubled(topic, error),
      });
      if (outcome === 'abandoned') return;
      await this.applied(payload, position, run.records.at(-1)?.offset);
    }
    if (fresh < 0 && first) await this.applied(payload, position, BigInt(first.offset));
  }

  /** Whether the first record read is the one that was applied last; where it is not, the partition stops. */
  private isOurs(
    { topic, partition, control, registration }: Place,
    position: Position,
    first: DecodedRecord,
  ): boolean {
    if (sameAsApplied(first, position, registration.topic.cleanup === 'compact')) return true;
    const detail = `The record before ${position.next} is not the one that was applied last.`;
    this.positions.stop(topic, partition, 'log-replaced', detail);
    this.logger.error(`${nameOf(topic, partition)} stopped: log-replaced`, { detail });
    control.pause(topic, partition);
    return false;
  }

  private async applied(payload: EachBatchPayload, position: Position, offset: bigint | undefined): Promise<void> {
    if (offset === undefined) return;
    position.next = offset + 1n;
    position.from = position.next;
    payload.resolveOffset(offset.toString());
    const name = nameOf(this.client.fromBroker(payload.batch.topic), payload.batch.partition);
    const lag = BigInt(payload.batch.highWatermark) - position.next;
    this.state.lag(name, lag > 0n ? lag : 0n);
    await payload.heartbeat();
  }

  private troubled(topic: string, error: unknown): void {
    this.state.troubled(error);
    if (error !== undefined) this.logger.warn(`${topic}: a dependency is away, the batch waits`, { err: error });
  }
}

/** Where the fetch began; kafkajs has it on the batch, not in its types. */
function fetchedOffset(payload: EachBatchPayload): bigint {
  return BigInt((payload.batch as unknown as { fetchedOffset: string }).fetchedOffset);
}
