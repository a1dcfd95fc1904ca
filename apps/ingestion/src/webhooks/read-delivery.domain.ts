import type { Arrival } from '../intake/candidate.domain';
import { type Document, keptBody } from '../intake/document.domain';
import { inspect } from '../intake/inspect.domain';
import type { IntakeItem } from '../intake/item.domain';
import { mapItem } from '../mappings/map-item.domain';
import type { Mapping } from '../mappings/mapping.domain';
import { atPointer } from '../mappings/pointer.domain';
import type { Around } from '../mappings/scope.domain';
import type { Scheme, VendorRow } from './scheme.domain';

/** What the headers of a delivery say, for its items. */
export interface DeliveryMarks {
  readonly delivery?: string;
  readonly invocation?: string;
}

/** What items of a vendor are mapped with. */
export interface ItemContext {
  readonly row: VendorRow;
  readonly mapping: Mapping;
  readonly arrival: Arrival;
  readonly marks: DeliveryMarks;
  readonly digest: (text: string) => string;
  /** Bytes that one item may have. */
  readonly limitBytes: number;
}

/** Two levels are left for what wraps around a refused item. */
const deepest = 30;
const hourMs = 3_600_000;

/** The items of a body: vendors that batch send a list. */
export const itemsOf = (body: unknown): readonly unknown[] => (Array.isArray(body) ? (body as unknown[]) : [body]);

/** One item of a delivery, mapped; undefined for a test of the connection. */
export function deliveredItem(item: unknown, document: Document, context: ItemContext): IntakeItem | undefined {
  const { arrival, mapping, digest, limitBytes } = context;
  const flaw = inspect(item, document.bytes > limitBytes, { bytes: limitBytes, depth: deepest });
  const outcome = flaw ?? mapItem(item, { mapping, arrival, around: aroundOf(item, context), digest }).outcome;
  if (outcome === 'ping') return undefined;
  if (!('code' in outcome)) return { outcome, id: null, type: null, body: null, raw: item };
  const asText = document.suspicious || flaw?.code === 'too-deep';
  return { outcome, ...namesOf(item, context.row), body: keptBody(item, asText), raw: item };
}

function aroundOf(item: unknown, { arrival, marks, digest }: ItemContext): Around {
  const hour = String(Math.floor(arrival.receivedMs / hourMs));
  return { ...marks, hour, digest: digest(JSON.stringify(item)) };
}

/** A body that was signed and is no JSON: a template that a quotation mark broke. It is kept, the vendor may go on. */
export function unreadableItem(body: Buffer): IntakeItem {
  const text = body.toString('utf8').toWellFormed().replaceAll('\0', '\uFFFD');
  const detail =
    'The body is not JSON. Where it is made from a template, a quotation mark in a field may have ended it.';
  return { outcome: { code: 'not-json', pointer: '', detail }, id: null, type: null, body: text, raw: text };
}

function namesOf(item: unknown, row: VendorRow): Pick<IntakeItem, 'id' | 'type'> {
  const type = row.typePointer === null ? undefined : atPointer(item, row.typePointer);
  return { id: deliveryIdOf(item, row.scheme), type: typeof type === 'string' ? type : null };
}

function deliveryIdOf(item: unknown, { delivery }: Scheme): string | null {
  const id = delivery?.in === 'body' ? atPointer(item, delivery.pointer) : undefined;
  return typeof id === 'string' ? id : null;
}
