import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';

import { type Envelope, eventByType, validateData, validateEnvelope } from '@tenure/contracts';
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

/** A record, with what is known of it besides. Headers and times of most are never read, so they are not copied. */
abstract class SeenRecord implements RawRecord {
  constructor(private readonly raw: RawRecord) {}

  get offset(): bigint {
    return this.raw.offset;
  }
  get key(): Buffer | null {
    return this.raw.key;
  }
  get value(): Buffer | null {
    return this.raw.value;
  }
  get timestamp(): Date {
    return this.raw.timestamp;
  }
  get headers(): Readonly<Record<string, string>> {
    return this.raw.headers;
  }
}

/** A record that is an event of ours. */
export class EventRecord extends SeenRecord {
  /**
   * @param identity the event's identity (tenant, source, id): the first 16 bytes of its SHA-256, a character each
   * @param body 32 bits that notice another body under the same identity
   */
  constructor(
    raw: RawRecord,
    readonly envelope: Envelope,
    readonly identity: string,
    readonly body: number,
  ) {
    super(raw);
  }
}

/** A record that no consumer can apply, and why. */
export class BadRecord extends SeenRecord {
  constructor(
    raw: RawRecord,
    readonly code: string,
    readonly reason: string,
    readonly envelope?: Envelope,
  ) {
    super(raw);
  }
}

export type DecodedRecord = EventRecord | BadRecord;

export function isBad(record: DecodedRecord): record is BadRecord {
  return record instanceof BadRecord;
}

/** A record as kafkajs hands it out. */
class KafkaRecord implements RawRecord {
  constructor(private readonly message: KafkaMessage) {}

  get offset(): bigint {
    return BigInt(this.message.offset);
  }
  get key(): Buffer | null {
    return this.message.key;
  }
  get value(): Buffer | null {
    return this.message.value;
  }
  get timestamp(): Date {
    return new Date(Number(this.message.timestamp));
  }
  get headers(): Readonly<Record<string, string>> {
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(this.message.headers ?? {})) {
      const one = Array.isArray(value) ? value[0] : value;
      // Postgres keeps no NUL in text, and a header is only ever shown or parsed.
      if (one !== undefined) headers[name] = one.toString().replaceAll('\u0000', '');
    }
    return headers;
  }
}

export const rawRecord = (message: KafkaMessage): RawRecord => new KafkaRecord(message);

/** Where a record was found, which its key and envelope must agree with. */
export interface Origin {
  readonly topic: string;
  readonly partition: number;
  readonly partitions: number;
}

/** Decides, without side effects, whether a record is an event that belongs where it lay. */
export function decode(record: RawRecord, origin: Origin): DecodedRecord {
  const { value } = record;
  if (value === null) return new BadRecord(record, 'empty', 'The record has no value.');
  let parsed: unknown;
  try {
    parsed = JSON.parse(value.toString('utf8'));
  } catch {
    return new BadRecord(record, 'not-json', 'The value is not JSON.');
  }
  const checked = validateEnvelope(parsed);
  if (!checked.ok) {
    const code = checked.pointer === '/partitionkey' ? 'tenant-mismatch' : checked.code;
    return new BadRecord(record, code, `${checked.pointer}: ${checked.detail}`);
  }
  const envelope = parsed as Envelope;
  const fault = faultOf(record.key, envelope, origin);
  if (fault) return new BadRecord(record, fault.code, fault.reason, envelope);
  return new EventRecord(record, envelope, identityOf(envelope), bodyOf(value, envelope));
}

function faultOf(key: Buffer | null, envelope: Envelope, origin: Origin): { code: string; reason: string } | undefined {
  const definition = eventByType(envelope.type);
  if (!definition) return { code: 'unknown-type', reason: `No event has the type ${envelope.type}.` };
  if (definition.topic.name !== origin.topic)
    return { code: 'wrong-topic', reason: `${envelope.type} does not belong on this topic.` };
  const data = validateData(definition, envelope.data);
  if (!data.ok) return { code: data.code, reason: `${data.pointer}: ${data.detail}` };
  // The envelope's own check has made sure that its partition key is made of its tenant and its subject.
  if (key?.toString('utf8') !== envelope.partitionkey)
    return { code: 'tenant-mismatch', reason: 'The record key, the partition key and the tenant do not agree.' };
  const accountId = (envelope.data as { accountId?: unknown } | null)?.accountId;
  if (typeof accountId === 'string' && accountId !== envelope.subject)
    return { code: 'tenant-mismatch', reason: 'The record key is not that of the account in its data.' };
  if (partitionOf(key, origin.partitions) !== origin.partition) {
    const reason = 'The record lies on a partition that its key does not lead to (murmur2).';
    return { code: 'wrong-partition', reason };
  }
  return undefined;
}

function identityOf(envelope: Envelope): string {
  return hash('sha256', `${envelope.tenantid}\u0000${envelope.source}\u0000${envelope.id}`, 'binary').slice(0, 16);
}

const dataField = Buffer.from(',"data":');

/** Where `data` is the last field, as every producer of ours writes it, its bytes are the body: writing them anew would cost more than the rest. */
function bodyOf(value: Buffer, envelope: Envelope): number {
  let last = '';
  for (const name in envelope) last = name;
  const at = last === 'data' ? value.indexOf(dataField) : -1;
  return crc32(at < 0 ? JSON.stringify(envelope.data) : value.subarray(at)) | 0;
}
