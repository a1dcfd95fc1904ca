import type { Refusal } from './candidate.domain';

/** What one event may be. Bytes are those of its JSON in UTF-8. */
export interface Limits {
  readonly bytes: number;
  readonly depth: number;
}

/** The published limits of one event. Two levels are left for what rejects and held events wrap around it. */
export const eventLimits: Limits = { bytes: 32 * 1024, depth: 30 };

/** NUL and lone surrogates can stand in a parsed document only where its text had one of these escapes. */
const escapes = /\\u(?:0000|[dD][89a-fA-F])/;

/** Whether a text of this JSON could hold what a database does not store. */
export const mayBeUnstorable = (json: string): boolean => escapes.test(json);

/**
 * Looks through a parsed item once, never deeper than the limit, so that neither this nor a later `JSON.stringify` runs
 * out of stack. Texts are left to the event's schema.
 * @param checkSize false where the whole body is not larger than one event may be
 */
export function inspect(item: unknown, checkSize: boolean, limits = eventLimits): Refusal | undefined {
  const size = sizeAtMost(item, 1, limits.depth);
  if (size < 0) return { code: 'too-deep', pointer: '', detail: `An event may be nested ${limits.depth} levels deep.` };
  if (!checkSize || size <= limits.bytes || Buffer.byteLength(JSON.stringify(item)) <= limits.bytes) return undefined;
  return { code: 'too-large', pointer: '', detail: `An event may have ${limits.bytes} bytes.` };
}

/** Never less than the bytes of the JSON, so that most items are spared the exact count; -1 = too deep. */
function sizeAtMost(value: unknown, level: number, depth: number): number {
  if (typeof value === 'string') return value.length * 6 + 2;
  if (typeof value !== 'object' || value === null) return 25;
  if (level > depth) return -1;
  let size = 2;
  for (const key in value) {
    const inner = sizeAtMost((value as Record<string, unknown>)[key], level + 1, depth);
    if (inner < 0) return -1;
    size += inner + key.length * 6 + 4;
  }
  return size;
}
