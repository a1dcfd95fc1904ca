import { Injectable } from '@nestjs/common';

import type { StopReason } from './log-position.domain';

/** What is known of one assigned partition. */
interface PartitionState {
  /** Records between where we stand and the end of the log; undefined before the first look. */
  lag: bigint | undefined;
  stopped: { reason: StopReason; detail: string } | undefined;
}

/** How the consumer is doing, for readiness and for work that must wait until the past is applied. */
@Injectable()
export class ConsumerState {
  private readonly partitions = new Map<string, PartitionState>();
  private joined = false;
  private ended: string | undefined;
  private trouble: string | undefined;

  /** True when every assigned partition is applied to its end: only then does the clock say anything about silence. */
  isCaughtUp(): boolean {
    if (!this.joined || this.trouble !== undefined) return false;
    return [...this.partitions.values()].every((partition) => partition.stopped === undefined && partition.lag === 0n);
  }

  /** The same of some topics alone. */
  isCaughtUpOn(topics: readonly string[]): boolean {
    if (!this.joined || this.trouble !== undefined) return false;
    return [...this.partitions].every(
      ([name, { lag }]) => lag === 0n || !topics.includes(name.slice(0, name.lastIndexOf('/'))),
    );
  }

  /** Records that wait, as far as is known. */
  behind(): bigint {
    return [...this.partitions.values()].reduce((sum, { lag }) => sum + (lag ?? 0n), 0n);
  }

  /** Partitions that are stopped, as `topic/partition: reason`. */
  stopped(): string[] {
    return [...this.partitions].flatMap(([name, { stopped }]) =>
      stopped ? [`${name}: ${stopped.reason}. ${stopped.detail}`] : [],
    );
  }

  /** For readiness: joined, not crashed, no stopped partition, no dependency that is away. */
  check(): { ok: boolean; detail: string } {
    const faults = [this.ended, this.joined ? undefined : 'not joined yet', this.trouble, ...this.stopped()];
    const present = faults.filter((fault) => fault !== undefined);
    return { ok: present.length === 0, detail: present.join('; ') };
  }

  assigned(names: readonly string[]): void {
    this.partitions.clear();
    for (const name of names) this.partitions.set(name, { lag: undefined, stopped: undefined });
    this.joined = true;
    this.ended = undefined;
  }

  lag(name: string, lag: bigint): void {
    const partition = this.partitions.get(name);
    if (partition) partition.lag = lag;
  }

  stop(name: string, reason: StopReason, detail: string): void {
    const partition = this.partitions.get(name);
    if (partition) partition.stopped = { reason, detail };
  }

  resume(name: string): void {
    const partition = this.partitions.get(name);
    if (partition) partition.stopped = undefined;
  }

  troubled(error: unknown): void {
    this.trouble = error === undefined ? undefined : 'a dependency is away, records wait';
  }

  left(reason: string): void {
    this.joined = false;
    this.ended = reason;
  }
}
