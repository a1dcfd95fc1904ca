import type { Day } from '../world/calendar.domain';
import type { SimulatedEvent } from '../history/event.domain';

/** A request body ready to send; sent again byte by byte when no receipt came. */
export interface Batch {
  readonly body: string;
  readonly count: number;
  /** Day of its last event. */
  readonly day: Day;
}

export const batchLimits = { bytes: 480_000, events: 2_000 };

/** Packs days into JSON arrays below the limits, in order. Bytes are counted, not characters. */
export function* packBatches(
  days: Iterable<{ readonly day: Day; readonly events: readonly SimulatedEvent[] }>,
  limits = batchLimits,
): Generator<Batch> {
  let parts: string[] = [];
  let bytes = 2;
  let last: Day = 0;
  for (const { day, events } of days) {
    for (const event of events) {
      const text = JSON.stringify(event);
      const size = byteLength(text) + 1;
      if (parts.length > 0 && (bytes + size > limits.bytes || parts.length >= limits.events)) {
        yield { body: `[${parts.join(',')}]`, count: parts.length, day: last };
        parts = [];
        bytes = 2;
      }
      parts.push(text);
      bytes += size;
      last = day;
    }
  }
  if (parts.length > 0) yield { body: `[${parts.join(',')}]`, count: parts.length, day: last };
}

function byteLength(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 127) bytes += code > 2047 ? 2 : 1;
  }
  return bytes;
}
