import {
  type Envelope,
  type EventDefinition,
  eventHeld,
  type EventHeld,
  eventRejected,
  type EventRejected,
  partitionKey,
  sourceSubject,
} from '@tenure/contracts';

import type { Arrival, Candidate, Refusal } from './candidate.domain';
import { readReferenceKey } from './reference.domain';

/** A record ready to be sent: the envelope is encoded once, here. */
export interface EncodedRecord {
  readonly topic: EventDefinition['topic'];
  readonly key: string;
  readonly value: Buffer;
  readonly timestamp: Date;
}

/** As the event's schema has it: 10,000 refused items with it are 20 MB. */
const longestShared = 2_000;

/** Encodes the records of one request; what they share is encoded once. `digest` makes short ids of texts of any length. */
export class RecordEncoder {
  private readonly received: Date;
  private readonly tail: string;
  private sharedText: string | null | undefined;

  constructor(
    private readonly arrival: Arrival,
    private readonly traceparent: string | undefined,
    private readonly digest: (text: string) => string,
  ) {
    this.received = new Date(arrival.receivedMs);
    this.tail = `,"receivedat":"${this.received.toISOString()}","datacontenttype":"application/json"`;
  }

  /** The event on its own topic, now that its account is known. */
  accepted(event: Candidate, accountId: string): EncodedRecord {
    const data = event.accountId === undefined ? { ...event.data, accountId } : event.data;
    return this.encode(event.definition, event, accountId, data, {
      knownat: event.knownMs,
      sequence: event.sequence,
      traceparent: event.traceparent ?? this.traceparent,
    });
  }

  /** The event on `held-events.v1`, with everything needed to publish it later as if it came then. */
  held(event: Candidate, reference: string): EncodedRecord {
    // The same waiting event gets the same id, however often its sender repeats it.
    const heldId = this.digest(`${event.source}\n${event.id}`);
    const data: EventHeld = {
      heldId,
      sourceId: this.arrival.sourceId,
      reference: readReferenceKey(reference),
      type: event.definition.type,
      eventId: event.id,
      eventSource: event.source,
      time: iso(event.timeMs),
      receivedAt: this.received.toISOString(),
      knownAt: event.knownMs === undefined ? null : iso(event.knownMs),
      sequence: event.sequence ?? null,
      traceparent: event.traceparent ?? this.traceparent ?? null,
      data: event.data,
    };
    const subject = `reference/${this.digest(reference)}`;
    return this.encode(eventHeld, this.own(heldId), subject, data, { traceparent: this.traceparent });
  }

  /** The refused item on `rejected-events.v1`. */
  rejected(rejectId: string, item: RefusedItem): EncodedRecord {
    const { refusal, index, id, type, body } = item;
    const data: EventRejected = {
      rejectId,
      sourceId: this.arrival.sourceId,
      receivedAt: this.received.toISOString(),
      index,
      id: id === null ? null : storable(id),
      type: type === null ? null : storable(type),
      code: refusal.code,
      pointer: storable(refusal.pointer),
      detail: storable(refusal.detail),
      body,
      ...(this.arrival.way === undefined ? {} : { way: this.arrival.way }),
      ...(this.arrival.shared === undefined ? {} : { shared: this.shared() }),
    };
    const subject = sourceSubject(this.arrival.sourceId);
    return this.encode(eventRejected, this.own(rejectId), subject, data, { traceparent: this.traceparent });
  }

  /** Every refused item of the request carries it, so it is written once and may not be long. */
  private shared(): string | null {
    if (this.sharedText === undefined) this.sharedText = shortJson(this.arrival.shared);
    return this.sharedText;
  }

  /** What ingestion itself says has an identity of its own: the event inside keeps the one it was sent with. */
  private own(id: string): Pick<Candidate, 'id' | 'source' | 'timeMs'> {
    return { id, source: '/services/ingestion', timeMs: this.arrival.receivedMs };
  }

  private encode(
    definition: EventDefinition,
    event: Pick<Candidate, 'id' | 'source' | 'timeMs'>,
    subject: string,
    data: object,
    extensions: Extensions,
  ): EncodedRecord {
    const key = partitionKey(this.arrival.tenantId, subject);
    const known = extensions.knownat === undefined ? '' : `,"knownat":"${iso(extensions.knownat)}"`;
    const value =
      `{"specversion":"1.0","id":${quoted(event.id)},"source":${quoted(event.source)},"type":"${definition.type}"` +
      `,"subject":${quoted(subject)},"time":"${iso(event.timeMs)}","tenantid":"${this.arrival.tenantId}"` +
      `,"partitionkey":${quoted(key)}${this.tail}${known}${extension('sequence', extensions.sequence)}` +
      `${extension('traceparent', extensions.traceparent)},"data":${JSON.stringify(data)}}`;
    // As bytes: the Kafka client measures a text three times before it writes it.
    return { topic: definition.topic, key, value: Buffer.from(value), timestamp: this.received };
  }
}

interface Extensions {
  readonly knownat?: number | undefined;
  readonly sequence?: string | undefined;
  readonly traceparent?: string | undefined;
}

/** A refused item as its sender will look for it. `body` is JSON, or its text where it could not be stored. */
export interface RefusedItem {
  readonly refusal: Refusal;
  readonly index: number | null;
  readonly id: string | null;
  readonly type: string | null;
  readonly body: unknown;
}

/** A held event as it goes out once its account is known: identity, times and trace are those it came with. */
export function releasedRecord(
  tenantId: string,
  definition: EventDefinition,
  held: EventHeld,
  accountId: string,
): EncodedRecord {
  const key = partitionKey(tenantId, accountId);
  const envelope: Envelope = {
    specversion: '1.0',
    id: held.eventId,
    source: held.eventSource,
    type: held.type,
    subject: accountId,
    time: held.time,
    tenantid: tenantId,
    partitionkey: key,
    receivedat: held.receivedAt,
    datacontenttype: 'application/json',
    ...(held.knownAt ? { knownat: held.knownAt } : {}),
    ...(held.sequence ? { sequence: held.sequence } : {}),
    ...(held.traceparent ? { traceparent: held.traceparent } : {}),
    data: { ...held.data, accountId },
  };
  return {
    topic: definition.topic,
    key,
    value: Buffer.from(JSON.stringify(envelope)),
    timestamp: new Date(held.receivedAt),
  };
}

function shortJson(value: unknown): string | null {
  try {
    const text = JSON.stringify(value);
    return text.length <= longestShared ? text : null;
  } catch {
    // Nested beyond what can be written.
    return null;
  }
}

const iso = (ms: number): string => new Date(ms).toISOString();
const quoted = (text: string): string => JSON.stringify(text);
const extension = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `,"${name}":${quoted(value)}`;
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD').slice(0, 2000);
