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
import { decode, rawRecord } from './record';
import { RunApplier } from './run-applier';

/** Most records in one transaction: large enough for multi-row statements, small enough to retry and to stop quickly. */
const runSize = 5_000;

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
    if (fetchedOffset(payload) !== position.from) return this.seekBack(topic, partition, position, control);
    this.soughtBack.delete(nameOf(topic, partition));
    await this.applyFrom(payload, position, registration, control);
  }

  /** Once is the start of an assignment; twice in a row, the log no longer has our place: look at it again. */
  private async seekBack(topic: string, partition: number, position: Position, control: Control): Promise<void> {
    const name = nameOf(topic, partition);
    let start: Position | Stopped = position;
    if (this.soughtBack.has(name)) start = await this.positions.retake(topic, partition);
    this.soughtBack.add(name);
    if (start.kind === 'read') control.seek(topic, partition, start.from);
    else control.pause(topic, partition);
  }

  private async applyFrom(
    payload: EachBatchPayload,
    position: Position,
    registration: Registration,
    control: Control,
  ): Promise<void> {
    const { batch } = payload;
    const topic = this.client.fromBroker(batch.topic);
    const origin = { topic, partition: batch.partition, partitions: registration.topic.partitions };
    let records = batch.messages.map((message) => decode(rawRecord(message), origin));
    const first = records[0];
    if (first && !sameAsApplied(first, position, registration.topic.cleanup === 'compact')) {
      const detail = `The record before ${position.next} is not the one that was applied last.`;
      this.positions.stop(topic, batch.partition, 'log-replaced', detail);
      this.logger.error(`${nameOf(topic, batch.partition)} stopped: log-replaced`, { detail });
      return control.pause(topic, batch.partition);
    }
    records = records.filter((record) => record.offset >= position.next);
    position.verify = null;
    for (let start = 0; start < records.length; start += runSize) {
      const run = {
        fence: { group: this.client.group, topic, partition: batch.partition },
        generation: position.generation,
        registration,
        records: records.slice(start, start + runSize),
        heartbeat: () => payload.heartbeat(),
      };
      const outcome = await this.runs.apply(run, {
        alive: () => payload.isRunning() && !payload.isStale(),
        troubled: (error) => this.troubled(topic, error),
      });
      if (outcome === 'abandoned') return;
      await this.applied(payload, position, run.records.at(-1)?.offset);
    }
    if (records.length === 0) await this.applied(payload, position, first?.offset);
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
