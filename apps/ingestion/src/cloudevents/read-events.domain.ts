import type { Arrival } from '../intake/candidate.domain';
import { type Document, keptBody } from '../intake/document.domain';
import { eventLimits, inspect } from '../intake/inspect.domain';
import type { IntakeItem } from '../intake/item.domain';
import { mapEvent } from './map-event.domain';

/** How an event came, by the CloudEvents HTTP binding. */
export type Mode = 'binary' | 'structured' | 'batched' | 'unknown';

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

export function modeOf(headers: Headers): Mode {
  const type = String(headers['content-type'] ?? '').toLowerCase();
  if (type.startsWith('application/cloudevents-batch+json')) return 'batched';
  if (type.startsWith('application/cloudevents+json')) return 'structured';
  return headers['ce-specversion'] === undefined && headers['ce-id'] === undefined ? 'unknown' : 'binary';
}

/** The event of a binary request: attributes from the `ce-` headers, the body as data. */
export function eventFromHeaders(headers: Headers, data: unknown): Record<string, unknown> {
  const attributes: [string, unknown][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith('ce-')) attributes.push([name.slice(3), decoded(String(value))]);
  }
  const type = headers['content-type'];
  return { ...Object.fromEntries(attributes), ...(type === undefined ? {} : { datacontenttype: type }), data };
}

/** Values in headers are percent-encoded where they are not plain ASCII; a stray percent sign is kept. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** One CloudEvent, mapped. */
export function eventItem(event: unknown, document: Document, arrival: Arrival, limitBytes: number): IntakeItem {
  const flaw = inspect(event, document.bytes > limitBytes, { ...eventLimits, bytes: limitBytes });
  const outcome = flaw ?? mapEvent(event, arrival);
  if (!('code' in outcome)) return { outcome, id: null, type: null, body: null, raw: event };
  const { id, type } = (typeof event === 'object' && event !== null ? event : {}) as Record<string, unknown>;
  return {
    outcome,
    id: typeof id === 'string' ? id : null,
    type: typeof type === 'string' ? type : null,
    body: keptBody(event, document.suspicious || flaw?.code === 'too-deep'),
    raw: event,
  };
}
