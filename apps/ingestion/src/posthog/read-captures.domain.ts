import type { Arrival } from '../intake/candidate.domain';
import { type Document, keptBody } from '../intake/document.domain';
import { eventLimits, inspect } from '../intake/inspect.domain';
import type { IntakeItem } from '../intake/item.domain';
import { type Fields, fieldsOf, idOf, isFields } from '../segment/call.domain';
import { mapCapture } from './map-capture.domain';

/** A request to the capture API: one event, `{batch: [...]}`, or a list of events. */
export interface Captures {
  readonly key: string | undefined;
  readonly items: readonly unknown[];
  /** One event by itself: what is wrong with it is the answer. */
  readonly isSingle: boolean;
  readonly shared: Fields | undefined;
}

/** Undefined for a body that is none of them. */
export function readCaptures(value: unknown): Captures | undefined {
  if (Array.isArray(value)) return { key: keyOf(value[0]), items: value, isSingle: false, shared: undefined };
  if (!isFields(value)) return undefined;
  const sentAt = value['sent_at'];
  const shared = sentAt === undefined ? undefined : { sentAt };
  if (!('batch' in value)) return { key: keyOf(value), items: [withoutKey(value)], isSingle: true, shared };
  if (!Array.isArray(value['batch'])) return undefined;
  return { key: keyOf(value), items: value['batch'], isSingle: false, shared };
}

export function captureItem(
  value: unknown,
  document: Document,
  arrival: Arrival,
  newId: () => string,
  limitBytes: number,
): IntakeItem {
  const flaw = inspect(value, document.bytes > limitBytes, { ...eventLimits, bytes: limitBytes });
  const notAnObject = { code: 'wrong-type', pointer: '', detail: 'An event must be a JSON object.' };
  const outcome = flaw ?? (isFields(value) ? mapCapture(value, arrival, newId) : notAnObject);
  if (!('code' in outcome)) return { outcome, id: null, type: null, body: null, raw: value };
  const { uuid, event } = fieldsOf(value);
  return {
    outcome,
    id: typeof uuid === 'string' ? uuid : null,
    type: typeof event === 'string' ? event : null,
    body: keptBody(value, flaw?.code === 'too-deep' || document.suspicious),
    raw: value,
  };
}

/** In browsers the key stands in each event. */
function keyOf(value: unknown): string | undefined {
  const fields = fieldsOf(value);
  return idOf(fields['api_key']) ?? idOf(fields['token']) ?? idOf(fieldsOf(fields['properties'])['token']);
}

function withoutKey(value: Fields): Fields {
  const { api_key: _, token: __, ...rest } = value;
  return rest;
}
