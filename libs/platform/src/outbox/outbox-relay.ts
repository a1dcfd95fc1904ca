import { setTimeout as delay } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';

import { Database } from '../database/database';
import { Notifications } from '../database/notifications';
import type { Tx } from '../database/tx';
import { Logger } from '../logging/logger';
import { BatchSender, type StoredRecord } from '../messaging/batch-sender';

/** A row, as a record that waits to be sent. */
interface OutboxRow extends StoredRecord {
  readonly id: string;
}

const batchSize = 500;
const mostBytes = 500_000;
const lookAnywayMs = 1_000;
const afterFailureMs = 500;
const lockKey = 7_303_015;

/**
 * Publishes the outbox in the order of its ids: lock, oldest rows, one awaited send, delete, commit. Only one process
 * publishes at a time; one that lost the lock while it slept may repeat a batch, which receivers drop by id and version.
 */
@Injectable()
export class OutboxRelay {
  private running = false;
  private loop: Promise<void> = Promise.resolve();
  private wake: () => void = () => undefined;
  private unsubscribe: () => void = () => undefined;
  private failing: string | undefined;

  constructor(
    private readonly database: Database,
    private readonly notifications: Notifications,
    private readonly sender: BatchSender,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.running = true;
    this.unsubscribe = this.notifications.on('tenure_outbox', () => this.wake());
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.running = false;
    this.unsubscribe();
    this.wake();
    await this.loop;
    await this.sender.disconnect();
  }

  /** For readiness: whether the last publication went through. */
  check(): { ok: boolean; detail: string } {
    return { ok: this.failing === undefined, detail: this.failing ?? '' };
  }

  private async run(): Promise<void> {
    while (this.running) {
      const woken = this.nextWake();
      try {
        await this.sender.connect();
        const more = await this.database.system((tx) => this.publish(tx));
        this.failing = undefined;
        if (!more) await woken;
      } catch (error) {
        if (!this.running) return;
        this.failing = 'the outbox cannot be published';
        this.logger.warn('The outbox waits', { err: error });
        await delay(afterFailureMs);
      }
    }
  }

  /** Resolves with the next notification, or after a while anyway. Made before the look, so that none falls between. */
  private nextWake(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, lookAnywayMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** True: more may wait. */
  private async publish(tx: Tx): Promise<boolean> {
    const [lock] = await tx.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [lockKey]);
    if (!lock?.mine) return false;
    const waiting = await tx.query<OutboxRow>(
      `select id, topic, key, value, headers, record_time as "recordTime" from system.outbox order by id limit $1`,
      [batchSize],
    );
    const rows = firstOf(waiting);
    if (rows.length === 0) return false;
    await this.sender.send(rows);
    await tx.query('delete from system.outbox where id = any($1::bigint[])', [rows.map((row) => row.id)]);
    return waiting.length === batchSize || rows.length < waiting.length;
  }
}

/**
 * As many as go into one send, at least one. They may all lie on one partition, where a broker refuses a batch of more
 * than a megabyte, and what is refused once is refused for ever: nothing behind it would be published any more.
 */
function firstOf(rows: readonly OutboxRow[]): OutboxRow[] {
  let bytes = 0;
  const beyond = rows.findIndex((row, index) => {
    bytes += bytesOf(row);
    return index > 0 && bytes > mostBytes;
  });
  return beyond < 0 ? [...rows] : rows.slice(0, beyond);
}

function bytesOf({ key, value, headers }: OutboxRow): number {
  return Buffer.byteLength(key) + Buffer.byteLength(value) + Buffer.byteLength(JSON.stringify(headers)) + 100;
}
