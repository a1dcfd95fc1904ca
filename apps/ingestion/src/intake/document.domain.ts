import { mayBeUnstorable } from './inspect.domain';

/** A request's body, parsed once. */
export interface Document {
  readonly value: unknown;
  readonly bytes: number;
  /** Some text may hold what a database cannot keep: a refused item is then filed as text. */
  readonly suspicious: boolean;
}

/** The parsed body, or undefined where it is not JSON. Bytes that are no UTF-8 become replacement characters. */
export function parseDocument(body: unknown): Document | undefined {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const text = bytes.toString('utf8');
  try {
    return { value: JSON.parse(text) as unknown, bytes: bytes.length, suspicious: mayBeUnstorable(text) };
  } catch {
    return undefined;
  }
}

/** What is kept of a refused item: itself where that can be stored, else its JSON as text. */
export function keptBody(item: unknown, asText: boolean): unknown {
  if (!asText) return item;
  try {
    return JSON.stringify(item);
  } catch {
    // Nested beyond what can be written: the reason has been told, the matter is not kept.
    return null;
  }
}
