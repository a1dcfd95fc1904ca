import { Type } from 'typebox';
import { defineEvent, type EventData } from '../event-definition';
import { clearable, id, instant, nullable, optional } from '../fields';
import { topics } from '../topics';

const anything = Type.Unsafe<unknown>({});
const word = Type.String({ minLength: 1, maxLength: 100 });
const text = Type.String({ maxLength: 2000 });

/** Something a source sent and ingestion refused: the line of the receipt, with what was sent. */
export const eventRejected = defineEvent({
  type: 'tenure.event.rejected.v1',
  topic: topics.rejectedEvents,
  schema: Type.Object({
    rejectId: id,
    sourceId: id,
    receivedAt: instant,
    /** Its place in the batch. */
    index: nullable(Type.Integer({ minimum: 0 })),
    /** As sent, whatever it was; null where none could be read. */
    id: nullable(text),
    type: nullable(text),
    code: word,
    pointer: text,
    detail: text,
    /** As sent: JSON, or the text that was not JSON. */
    body: anything,
    /** The way it came in (segment, cloudevents, …): for a replay. */
    way: optional(word),
    /** JSON of what its request said for all its items (a Segment batch: `context`, …); null where that was too long. */
    shared: clearable(text),
  }),
});
export type EventRejected = EventData<typeof eventRejected>;

/** What a held event says of its account. Exactly one of the four. */
const reference = Type.Object({
  accountRef: optional(Type.Object({ system: word, id })),
  accountDomain: optional(Type.String({ minLength: 1, maxLength: 253 })),
  userId: optional(id),
  anonymousId: optional(id),
});

/** A valid event that leads to no account yet. It waits here with everything needed to publish it later. */
export const eventHeld = defineEvent({
  type: 'tenure.event.held.v1',
  topic: topics.heldEvents,
  schema: Type.Object({
    heldId: id,
    sourceId: id,
    reference,
    /** The waiting event: its type, identity and times go on unchanged when it is applied. */
    type: word,
    eventId: id,
    eventSource: Type.String({ minLength: 1, maxLength: 500 }),
    time: instant,
    receivedAt: instant,
    knownAt: clearable(instant),
    originalTime: clearable(instant),
    sentTime: clearable(instant),
    sequence: clearable(text),
    traceparent: clearable(text),
    data: Type.Unsafe<Record<string, unknown>>({ type: 'object' }),
  }),
});
export type EventHeld = EventData<typeof eventHeld>;
