import { setTimeout as delay } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';
import type { Message, Producer as KafkaProducer } from 'kafkajs';

import { Database } from '../database/database';
import { Notifications } from '../database/notifications';
import type { Tx } from '../database/tx';
import { Logger } from '../logging/logger';
import { KafkaClient } from '../messaging/kafka-client';
import { producedHeaders, untraced } from '../messaging/messaging-telemetry';

interface OutboxRow {
  id: string;
  topic: string;
  key: string;
  value: string;
  headers: Record<string, string>;
  record_time: Date;
}

const batchSize = 500;
const lookAnywayMs = 1_000;
const afterFailureMs = 500;
const lockKey = 7_303_015;

/**
 * Publishes the outbox in the order of its ids: lock, oldest rows, one awaited send, delete, commit. Only one process
 * publishes at a time; one that lost the lock while it slept may repeat a batch, which receivers drop by id and version.
 */
@Injectable()
export class OutboxRelay {
  private readonly producer: KafkaProducer;
  private running = false;
  private loop: Promise<void> = Promise.resolve();
  private wake: () => void = () => undefined;
  private unsubscribe: () => void = () => undefined;
  private failing: string | undefined;

  constructor(
    private readonly database: Database,
    private readonly notifications: Notifications,
    private readonly client: KafkaClient,
    private readonly logger: Logger,
  ) {
    this.producer = client.kafka({ retries: 2, initialRetryTime: 100 }).producer({ allowAutoTopicCreation: false });
  }

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
    await this.producer.disconnect();
  }

  /** For readiness: whether the last publication went through. */
  check(): { ok: boolean; detail: string } {
    return { ok: this.failing === undefined, detail: this.failing ?? '' };
  }

  private async run(): Promise<void> {
    let connected = false;
    while (this.running) {
      const woken = this.nextWake();
      try {
        if (!connected) await this.producer.connect();
        connected = true;
        const published = await this.database.system((tx) => this.publish(tx));
        this.failing = undefined;
        if (published < batchSize) await woken;
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

  private async publish(tx: Tx): Promise<number> {
    const [lock] = await tx.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [lockKey]);
    if (!lock?.mine) return 0;
    const rows = await tx.query<OutboxRow>(
      'select id, topic, key, value, headers, record_time from system.outbox order by id limit $1',
      [batchSize],
    );
    if (rows.length === 0) return 0;
    await untraced(() => this.producer.sendBatch({ acks: -1, timeout: 10_000, topicMessages: this.messages(rows) }));
    await tx.query('delete from system.outbox where id = any($1::bigint[])', [rows.map((row) => row.id)]);
    return rows.length;
  }

  private messages(rows: readonly OutboxRow[]): { topic: string; messages: Message[] }[] {
    const byTopic = new Map<string, Message[]>();
    for (const row of rows) {
      const message: Message = {
        key: row.key,
        value: row.value,
        timestamp: String(row.record_time.getTime()),
        headers: { ...row.headers, ...producedHeaders(row.topic, row.headers['traceparent']) },
      };
      const topic = this.client.onBroker(row.topic);
      const list = byTopic.get(topic);
      if (list) list.push(message);
      else byTopic.set(topic, [message]);
    }
    return [...byTopic].map(([topic, messages]) => ({ topic, messages }));
  }
}
