import { hash } from 'node:crypto';

import { type Envelope, eventByType, partitionKey, validateData, validateEnvelope } from '@tenure/contracts';
import type { KafkaMessage } from 'kafkajs';

import { partitionOf } from './partitioner';

/** A record as it lay in the log. */
export interface RawRecord {
  readonly offset: bigint;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly timestamp: Date;
  readonly headers: Readonly<Record<string, string>>;
}

/** A record that is an event of ours. */
export interface EventRecord extends RawRecord {
  readonly envelope: Envelope;
  /** The event's identity (tenant, source, id) as a UUID: the first 128 bits of its SHA-256. */
  readonly identity: string;
  /** 63 bits of the body's SHA-1, to notice another body under the same identity. */
  readonly body: bigint;
}

/** A record that no consumer can apply, and why. */
export interface BadRecord extends RawRecord {
  readonly code: string;
  readonly reason: string;
  readonly envelope?: Envelope;
}

export type DecodedRecord = EventRecord | BadRecord;

export function isBad(record: DecodedRecord): record is BadRecord {
  return 'code' in record;
}

/** Copies what is needed of a kafkajs message. */
export function rawRecord(message: KafkaMessage): RawRecord {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers ?? {})) {
    const one = Array.isArray(value) ? value[0] : value;
    // Postgres keeps no NUL in text, and a header is only ever shown or parsed.
    if (one !== undefined) headers[name] = one.toString().replaceAll('\u0000', '');
  }
  return {
    offset: BigInt(message.offset),
    key: message.key,
    value: message.value,
    timestamp: new Date(Number(message.timestamp)),
    headers,
  };
}

/** Where a record was found, which its key and envelope must agree with. */
export interface Origin {
  readonly topic: string;
  readonly partition: number;
  readonly partitions: number;
}

/** Decides, without side effects, whether a record is an event that belongs where it lay. */
export function decode(record: RawRecord, origin: Origin): DecodedRecord {
  if (record.value === null) return { ...record, code: 'empty', reason: 'The record has no value.' };
  let parsed: unknown;
  try {
    parsed = JSON.parse(record.value.toString('utf8'));
  } catch {
    return { ...record, code: 'not-json', reason: 'The value is not JSON.' };
  }
  const checked = validateEnvelope(parsed);
  if (!checked.ok) {
    const code = checked.pointer === '/partitionkey' ? 'tenant-mismatch' : checked.code;
    return { ...record, code, reason: `${checked.pointer}: ${checked.detail}` };
  }
  return checkedEvent(record, parsed as Envelope, origin);
}

function checkedEvent(record: RawRecord, envelope: Envelope, origin: Origin): DecodedRecord {
  const bad = (code: string, reason: string): BadRecord => ({ ...record, envelope, code, reason });
  const definition = eventByType(envelope.type);
  if (!definition) return bad('unknown-type', `No event has the type ${envelope.type}.`);
  if (definition.topic.name !== origin.topic)
    return bad('wrong-topic', `${envelope.type} does not belong on this topic.`);
  const data = validateData(definition, envelope.data);
  if (!data.ok) return bad(data.code, `${data.pointer}: ${data.detail}`);
  const key = record.key?.toString('utf8') ?? '';
  if (key !== envelope.partitionkey || !key.startsWith(`${envelope.tenantid}:`)) {
    return bad('tenant-mismatch', 'The record key, the partition key and the tenant do not agree.');
  }
  const accountId = (envelope.data as { accountId?: unknown } | null)?.accountId;
  if (typeof accountId === 'string' && key !== partitionKey(envelope.tenantid, accountId)) {
    return bad('tenant-mismatch', 'The record key is not that of the account in its data.');
  }
  if (record.key && partitionOf(record.key, origin.partitions) !== origin.partition) {
    return bad('wrong-partition', 'The record lies on a partition that its key does not lead to (murmur2).');
  }
  return { ...record, envelope, identity: identityOf(envelope), body: bodyOf(envelope.data) };
}

function identityOf(envelope: Envelope): string {
  const hex = hash('sha256', `${envelope.tenantid}\u0000${envelope.source}\u0000${envelope.id}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

function bodyOf(data: unknown): bigint {
  return hash('sha1', JSON.stringify(data), 'buffer').readBigUInt64BE(0) >> 1n;
}
