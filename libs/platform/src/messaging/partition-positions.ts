import { setTimeout as delay } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';
import type { Admin } from 'kafkajs';

import { Database } from '../database/database';
import { ConsumerState } from './consumer-state';
import { type Fence, FenceRepository } from './fence.repository';
import { KafkaClient } from './kafka-client';
import { type LogBounds, startOf, type StopReason } from './log-position.domain';
import { type DecodedRecord, isBad } from './record';

/** An assigned partition that is read. */
export interface Position {
  readonly kind: 'read';
  readonly generation: bigint;
  /** Where the next batch has to begin. */
  from: bigint;
  /** The first offset that was not applied. */
  next: bigint;
  /** The record at `from` must be this one; then it is stepped over. */
  verify: Fence['last'];
}

/** An assigned partition that is not read until an operator resets its fence. */
export interface Stopped {
  readonly kind: 'stopped';
  readonly reason: StopReason;
}

/** What may be done to the Kafka consumer. */
export interface Control {
  seek(topic: string, partition: number, offset: bigint): void;
  pause(topic: string, partition: number): void;
  resume(topic: string, partition: number): void;
}

/** Takes partitions over and remembers where each stands. */
@Injectable()
export class PartitionPositions {
  private readonly positions = new Map<string, Promise<Position | Stopped>>();

  private readonly shown = new Map<string, bigint>();

  constructor(
    private readonly database: Database,
    private readonly fences: FenceRepository,
    private readonly client: KafkaClient,
    private readonly state: ConsumerState,
  ) {}

  /** Forgets what was assigned before and takes these partitions over; `control` is told where each starts, or to pause it. */
  async assign(assignment: Readonly<Record<string, readonly number[]>>, control: Control): Promise<void> {
    this.positions.clear();
    const names = Object.entries(assignment).flatMap(([topic, list]) =>
      list.map((partition) => nameOf(topic, partition)),
    );
    this.state.assigned(names);
    const bounds = this.bounds(Object.keys(assignment));
    for (const [topic, list] of Object.entries(assignment)) {
      for (const partition of list) {
        const position = this.take(topic, partition, bounds);
        // One failure fails the assignment below; that the others fail with it is nobody's surprise.
        position.catch(() => undefined);
        this.positions.set(nameOf(topic, partition), position);
      }
    }
    bounds.catch(() => undefined);
    await Promise.all(
      Object.entries(assignment).flatMap(([topic, list]) =>
        list.map(async (partition) => {
          const position = await this.of(topic, partition);
          // A pause outlives the assignment it was made in: without this, a partition that is well again is read by nobody.
          if (position?.kind === 'read') {
            control.seek(topic, partition, position.from);
            control.resume(topic, partition);
          }
          if (position?.kind === 'stopped') control.pause(topic, partition);
        }),
      ),
    );
  }

  /** The position of an assigned partition; undefined when it is not ours. */
  of(topic: string, partition: number): Promise<Position | Stopped> | undefined {
    return this.positions.get(nameOf(topic, partition));
  }

  /** Whether an operator asked to read a stopped partition again. */
  resetRequested(topic: string, partition: number): Promise<boolean> {
    const key = { group: this.client.group, topic, partition };
    return this.database.system((tx) => this.fences.resetRequested(tx, key));
  }

  /** Takes one partition over again, after a reset. */
  async retake(topic: string, partition: number): Promise<Position | Stopped> {
    this.state.resume(nameOf(topic, partition));
    const position = this.take(topic, partition, this.bounds([topic]));
    this.positions.set(nameOf(topic, partition), position);
    return position;
  }

  /** Positions that moved since the last call, for Kafka's own lag displays. */
  async committable(): Promise<{ topic: string; partition: number; offset: string }[]> {
    const moved: { topic: string; partition: number; offset: string }[] = [];
    for (const [name, promise] of this.positions) {
      const position = await promise;
      if (position.kind !== 'read' || this.shown.get(name) === position.next) continue;
      this.shown.set(name, position.next);
      const slash = name.lastIndexOf('/');
      moved.push({
        topic: name.slice(0, slash),
        partition: Number(name.slice(slash + 1)),
        offset: position.next.toString(),
      });
    }
    return moved;
  }

  stop(topic: string, partition: number, reason: StopReason, detail: string): void {
    this.positions.set(nameOf(topic, partition), Promise.resolve({ kind: 'stopped', reason }));
    this.state.stop(nameOf(topic, partition), reason, detail);
  }

  private async take(
    topic: string,
    partition: number,
    bounds: Promise<Map<string, LogBounds>>,
  ): Promise<Position | Stopped> {
    const key = { group: this.client.group, topic, partition };
    const fence = await this.database.system((tx) => this.fences.take(tx, key));
    const log = (await bounds).get(nameOf(topic, partition));
    if (!log) throw new Error(`Kafka does not know ${topic}/${partition}.`);
    const start = startOf(fence, log);
    if (start.kind === 'stop') {
      this.state.stop(nameOf(topic, partition), start.reason, start.detail);
      return { kind: 'stopped', reason: start.reason };
    }
    this.state.lag(nameOf(topic, partition), log.high - start.next);
    return { kind: 'read', generation: fence.generation, from: start.from, next: start.next, verify: start.verify };
  }

  private async bounds(topics: readonly string[]): Promise<Map<string, LogBounds>> {
    const admin = this.client.kafka({ retries: 5, initialRetryTime: 200 }).admin();
    await admin.connect();
    try {
      const found = new Map<string, LogBounds>();
      for (const topic of topics) {
        for (const each of await offsetsOf(admin, this.client.onBroker(topic))) {
          found.set(nameOf(topic, each.partition), { low: BigInt(each.low), high: BigInt(each.high) });
        }
      }
      return found;
    } finally {
      await admin.disconnect();
    }
  }
}

const electionAttempts = 20;
const electionPauseMs = 250;

/** Partitions of a topic that was just made may have no leader yet; kafkajs gives up on that at once, so it is asked again. */
async function offsetsOf(admin: Admin, topic: string): ReturnType<Admin['fetchTopicOffsets']> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await admin.fetchTopicOffsets(topic);
    } catch (error) {
      const leaderless = (error as { type?: unknown }).type === 'NOT_LEADER_FOR_PARTITION';
      if (!leaderless || attempt === electionAttempts) throw error;
      await delay(electionPauseMs);
    }
  }
}

export function nameOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

/** Whether the first record read is the one that was applied last. A compacted log may have dropped it since: that is no fault. */
export function sameAsApplied(record: DecodedRecord, position: Position, compacted: boolean): boolean {
  if (position.verify === null) return true;
  if (record.offset !== position.from) return compacted;
  const envelope = 'envelope' in record ? record.envelope : undefined;
  if (isBad(record) && !envelope) return false;
  return envelope?.source === position.verify.source && envelope.id === position.verify.id;
}
