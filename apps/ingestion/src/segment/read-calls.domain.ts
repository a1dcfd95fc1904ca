import type { IntakeItem } from '../intake/item.domain';
import type { Arrival, Mapped, Refusal } from '../intake/candidate.domain';
import { type Document, keptBody } from '../intake/document.domain';
import { eventLimits, inspect } from '../intake/inspect.domain';
import { type CallKind, type Fields, isCallKind, isFields, mergeBatch, sharedOf } from './call.domain';
import { mapCall } from './map-call.domain';

/** The calls of a batch, each mapped by itself, with the batch's `context` and `integrations` merged in. */
export function batchItems(
  batch: Fields,
  document: Document,
  arrival: Arrival,
  newId: () => string,
  limitBytes: number,
): IntakeItem[] {
  const calls = batch['batch'] as readonly unknown[];
  const limits = { ...eventLimits, bytes: limitBytes };
  const shared = { ...arrival, ...sharedOf(batch) };
  return calls.map((call) => {
    const flaw = inspect(call, document.bytes > limitBytes, limits);
    const outcome = flaw ?? mapItem(call, batch, shared, newId);
    return item(call, document, outcome, flaw?.code === 'too-deep');
  });
}

/** One call that was sent to its own address. */
export function callItem(
  kind: CallKind,
  call: Fields,
  document: Document,
  arrival: Arrival,
  newId: () => string,
  limitBytes: number,
): IntakeItem {
  const flaw = inspect(call, document.bytes > limitBytes, { ...eventLimits, bytes: limitBytes });
  const { writeKey: _, ...kept } = call;
  return item(
    { type: kind, ...kept },
    document,
    flaw ?? mapCall(kind, call, arrival, newId),
    flaw?.code === 'too-deep',
  );
}

function mapItem(call: unknown, batch: Fields, arrival: Arrival, newId: () => string): Mapped | Refusal {
  if (!isFields(call)) return { code: 'wrong-type', pointer: '', detail: 'A call must be a JSON object.' };
  const kind = call['type'];
  if (isCallKind(kind)) return mapCall(kind, mergeBatch(call, batch), arrival, newId);
  const detail = 'type must be one of track, identify, group, page, screen, alias.';
  return { code: kind === undefined ? 'missing-field' : 'wrong-value', pointer: '/type', detail };
}

function item(call: unknown, document: Document, outcome: Mapped | Refusal, deep: boolean): IntakeItem {
  if (!('code' in outcome)) return { outcome, id: null, type: null, body: null, raw: call };
  const fields = isFields(call) ? call : {};
  return {
    outcome,
    id: typeof fields['messageId'] === 'string' ? fields['messageId'] : null,
    type: typeof fields['type'] === 'string' ? fields['type'] : null,
    body: keptBody(call, deep || document.suspicious),
    raw: call,
  };
}
