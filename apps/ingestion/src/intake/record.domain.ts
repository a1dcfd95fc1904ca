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
import { isoOf } from './instant.domain';
import { readReferenceKey } from './reference.domain';

/** A record ready to be sent: the envelope is encoded once, here. */
export interface EncodedRecord {
  readonly topic: EventDefinition['topic'];
  readonly key: string;
  readonly value: string;
  readonly timestamp: Date;
}

/** As the event's schema has it: 10,000 refused items with it are 20 MB. */
const longestShared = 2_000;

/** Encodes the records of one request; what they share is encoded once. `digest` makes short ids of texts of any length. */
export class RecordEncoder {
  private readonly received: Date;
  private readonly middle: string;
  private readonly trace: string;
  private sharedText: string | null | undefined;
  /** What most events of one request share with the one before. */
  private readonly source = remembered(quoted);

  constructor(
    private readonly arrival: Arrival,
    private readonly traceparent: string | undefined,
    private readonly digest: (text: string) => string,
  ) {
    this.received = new Date(arrival.receivedMs);
    this.middle = `,"receivedat":"${this.received.toISOString()}","datacontenttype":"application/json"`;
    this.trace = extension('traceparent', traceparent);
  }

  /** The event on its own topic, now that its account is known. */
  accepted(event: Candidate, accountId: string): EncodedRecord {
    const data = event.accountId === undefined ? { ...event.data, accountId } : event.data;
    return this.encode(event.definition, event, accountId, data);
  }

  /** The event on `held-events.v1`, with everything needed to publish it later as if it came then. */
  held(event: Candidate, reference: string): EncodedRecord {
    // The same waiting event gets the same id, however often its sender repeats it. What says so does not: an event that
    // waited until its time was over may wait once more.
    const heldId = this.digest(`${event.source}\n${event.id}`);
    const data: EventHeld = {
      heldId,
      sourceId: this.arrival.sourceId,
      reference: readReferenceKey(reference),
      type: event.definition.type,
      eventId: event.id,
      eventSource: event.source,
      time: isoOf(event.timeMs),
      receivedAt: this.received.toISOString(),
      knownAt: event.knownMs === undefined ? null : isoOf(event.knownMs),
      originalTime: event.originalMs === undefined ? null : isoOf(event.originalMs),
      sentTime: event.sentMs === undefined ? null : isoOf(event.sentMs),
      sequence: event.sequence ?? null,
      traceparent: event.traceparent ?? this.traceparent ?? null,
      data: event.data,
    };
    const subject = `reference/${this.digest(reference)}`;
    return this.encode(eventHeld, this.own(`${heldId}@${this.arrival.receivedMs}`), subject, data);
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
    return this.encode(eventRejected, this.own(rejectId), subject, data);
  }

  /** Every refused item of the request carries it, so it is written once and may not be long. */
  private shared(): string | null {
    if (this.sharedText === undefined) this.sharedText = shortJson(this.arrival.shared);
    return this.sharedText;
  }

  /** What ingestion itself says has an identity of its own: the event inside keeps the one it was sent with. */
  private own(id: string): Stamp {
    return { id, source: '/services/ingestion', timeMs: this.arrival.receivedMs };
  }

  private encode(definition: EventDefinition, event: Stamp, subject: string, data: object): EncodedRecord {
    const { tenantId } = this.arrival;
    const name = quoted(subject);
    const value =
      `{"specversion":"1.0","id":${quoted(event.id)},"source":${this.source(event.source)},"type":"${definition.type}"` +
      `,"subject":${name},"time":"${isoOf(event.timeMs)}","tenantid":"${tenantId}"` +
      // A tenant's id needs no quoting: the key in quotes is the subject in quotes, with more in front.
      `,"partitionkey":"${tenantId}:${name.slice(1)}${this.middle}${this.beside(event)},"data":${JSON.stringify(data)}}`;
    return { topic: definition.topic, key: partitionKey(tenantId, subject), value, timestamp: this.received };
  }

  /** What not every event has. */
  private beside({ knownMs, originalMs, sentMs, timeMs, sequence, traceparent }: Stamp): string {
    const known = knownMs === undefined ? '' : `,"knownat":"${isoOf(knownMs)}"`;
    const original = originalMs === undefined || originalMs === timeMs ? '' : `,"originaltime":"${isoOf(originalMs)}"`;
    const sent = sentMs === undefined ? '' : `,"senttime":"${isoOf(sentMs)}"`;
    const trace = traceparent === undefined ? this.trace : extension('traceparent', traceparent);
    return `${known}${original}${sent}${extension('sequence', sequence)}${trace}`;
  }
}

/** Identity and times of what is encoded. */
type Stamp = Pick<
  Candidate,
  'id' | 'source' | 'timeMs' | 'knownMs' | 'originalMs' | 'sentMs' | 'sequence' | 'traceparent'
>;

/** Answers the same question as the time before without asking again. */
function remembered(ask: (about: string) => string): (about: string) => string {
  let last: { readonly about: string; readonly answer: string } | undefined;
  return (about) => {
    if (last?.about !== about) last = { about, answer: ask(about) };
    return last.answer;
  };
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
    ...(held.originalTime && held.originalTime !== held.time ? { originaltime: held.originalTime } : {}),
    ...(held.sentTime ? { senttime: held.sentTime } : {}),
    ...(held.sequence ? { sequence: held.sequence } : {}),
    ...(held.traceparent ? { traceparent: held.traceparent } : {}),
    data: { ...held.data, accountId },
  };
  return {
    topic: definition.topic,
    key,
    value: JSON.stringify(envelope),
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

const quoted = (text: string): string => JSON.stringify(text);
const extension = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `,"${name}":${quoted(value)}`;
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD').slice(0, 2000);
