import { randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';

import type { Tx } from '../database/tx';
import { Logger } from '../logging/logger';
import { countDeadLetter } from './messaging-telemetry';
import { isBad, type DecodedRecord, type RawRecord } from './record';

/** Where a dead letter comes from. */
export interface DeadLetterOrigin {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
}

/** A record that could not be applied, and why. */
export interface DeadLetter {
  readonly record: DecodedRecord;
  readonly code: string;
  readonly reason: string;
  readonly attempts: number;
}

/** A dead letter somebody asked to replay. */
export interface StoredDeadLetter {
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly record: RawRecord;
}

interface Row {
  id: string;
  topic: string;
  partition: number;
  record_offset: string;
  record_key: Buffer | null;
  record_value: Buffer | null;
  record_time: Date;
  headers: Record<string, string>;
}

/**
 * Bytes of a value that are published. As base64, and with what is said about it, a larger one would be more than a broker
 * takes; the letter's row keeps it whole, and a header says how long it is.
 */
const mostShown = 600_000;

/** The topic that carries the dead letters of `topic` for one group. */
export function deadLetterTopic(topic: string, group: string): string {
  return `${topic}.${group}.dlq`;
}

/** The table `system.dead_letters`, and the outbox rows that publish each. */
@Injectable()
export class DeadLettersRepository {
  constructor(private readonly logger: Logger) {}

  /** Keeps the letter and queues its publication, with the fence's advance: neither can happen alone. */
  async add(tx: Tx, origin: DeadLetterOrigin, letter: DeadLetter, now: Date): Promise<void> {
    const { record } = letter;
    const envelope = 'envelope' in record ? record.envelope : undefined;
    const rows = await tx.query<{ id: string }>(
      `insert into system.dead_letters (id, group_name, topic, partition, record_offset, record_key, record_value, record_time,
         headers, tenant_id, source, event_id, code, reason, attempts, failed_at)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)
       on conflict do nothing returning id`,
      [
        randomUUID(),
        origin.group,
        origin.topic,
        origin.partition,
        record.offset.toString(),
        record.key,
        record.value,
        record.timestamp,
        record.headers,
        envelope?.tenantid ?? null,
        envelope?.source ?? null,
        envelope?.id ?? null,
        letter.code,
        letter.reason,
        letter.attempts,
        now,
      ],
    );
    if (rows.length === 0) return;
    countDeadLetter(origin.topic, origin.group, letter.code);
    await this.publish(tx, origin, letter, now);
    const { topic, partition } = origin;
    const { code, reason } = letter;
    const place = { topic, partition, offset: record.offset.toString(), eventId: envelope?.id };
    this.logger.warn('A record could not be applied and is a dead letter now', { ...place, code, reason });
  }

  /** Letters with a replay asked for, oldest first. */
  async requested(tx: Tx, group: string, limit: number): Promise<StoredDeadLetter[]> {
    const rows = await tx.query<Row>(
      `select id, topic, partition, record_offset, record_key, record_value, record_time, headers from system.dead_letters
       where group_name = $1 and replay_requested_at is not null and replayed_at is null order by failed_at, record_offset limit $2`,
      [group, limit],
    );
    return rows.map((row) => ({
      id: row.id,
      topic: row.topic,
      partition: row.partition,
      record: {
        offset: BigInt(row.record_offset),
        key: row.record_key,
        value: row.record_value,
        timestamp: row.record_time,
        headers: row.headers,
      },
    }));
  }

  /** Marks a letter as applied. False: another process did it first, so this one must not. */
  async replayed(tx: Tx, id: string, now: Date): Promise<boolean> {
    const rows = await tx.query(
      `update system.dead_letters set replayed_at = $2 where id = $1 and replayed_at is null returning 1`,
      [id, now],
    );
    return rows.length > 0;
  }

  async failedAgain(tx: Tx, id: string, code: string, reason: string): Promise<void> {
    await tx.query(
      `update system.dead_letters set attempts = attempts + 1, code = $2, reason = $3, replay_requested_at = null where id = $1`,
      [id, code, reason],
    );
  }

  private async publish(tx: Tx, origin: DeadLetterOrigin, letter: DeadLetter, now: Date): Promise<void> {
    const { record } = letter;
    const shown = record.value && record.value.length > mostShown ? record.value.subarray(0, mostShown) : record.value;
    const headers = {
      ...record.headers,
      'tenure-code': letter.code,
      'tenure-reason': letter.reason,
      'tenure-origin': `${origin.topic}/${origin.partition}/${record.offset}`,
      'tenure-attempts': String(letter.attempts),
      ...(isText(shown) ? {} : { 'tenure-value-encoding': 'base64' }),
      ...(shown === record.value ? {} : { 'tenure-value-bytes': String(record.value?.length) }),
    };
    const value = isText(shown) ? (shown?.toString('utf8') ?? '') : (shown?.toString('base64') ?? '');
    await tx.query(`insert into system.outbox (topic, key, value, headers, record_time) values ($1, $2, $3, $4, $5)`, [
      deadLetterTopic(origin.topic, origin.group),
      textKey(record),
      value,
      headers,
      now,
    ]);
    await tx.query(`select pg_notify('tenure_outbox', '')`);
  }
}

function textKey(record: DecodedRecord): string {
  return isText(record.key) ? (record.key?.toString('utf8') ?? '') : (record.key?.toString('base64') ?? '');
}

/** Whether Postgres can keep the bytes as text: valid UTF-8 without NUL. */
function isText(bytes: Buffer | null): boolean {
  return bytes === null || (!bytes.includes(0) && Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes));
}

/** Code and reason of a failure, as a letter carries them. */
export function failureOf(record: DecodedRecord, error: unknown): { code: string; reason: string } {
  if (isBad(record)) return { code: record.code, reason: record.reason };
  const code =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'handler-failed';
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code, reason: reason.replaceAll('\u0000', '').slice(0, 2_000) };
}
