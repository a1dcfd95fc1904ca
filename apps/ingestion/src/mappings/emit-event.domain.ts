import { type EventDefinition, eventByType } from '@tenure/contracts';

import { mapEvent } from '../cloudevents/map-event.domain';
import { type Arrival, isRefusal, type Mapped, type Refusal } from '../intake/candidate.domain';
import { convert } from './convert.domain';
import { evaluate, objectOf } from './evaluate.domain';
import type { Emission, Mapping } from './mapping.domain';
import { type Around, locate, type Scope } from './scope.domain';

/** What a mapping is carried out with. */
export interface MappingContext {
  readonly mapping: Mapping;
  readonly arrival: Arrival;
  readonly around: Around;
  /** A short text for any text: the identity of what has none. */
  readonly digest: (text: string) => string;
}

/** The event as a CloudEvent, which from here on is judged like one that came as such. */
export function eventOf(
  emission: Emission,
  scope: Scope,
  context: MappingContext,
  fallbackId: string,
): Mapped | Refusal {
  const type = typeOf(emission, scope);
  const definition = typeof type === 'string' ? eventByType(type) : undefined;
  const time = timeOf(emission, scope);
  const data = dataOf(emission, definition, scope, time);
  const id = convert(emission.id === undefined ? fallbackId : evaluate(emission.id, scope, '#id'), 'text');
  const sequence =
    emission.sequence === undefined ? undefined : convert(evaluate(emission.sequence, scope, '#sequence'), 'text');
  if (scope.findings.refusal) return scope.findings.refusal;
  const event = {
    specversion: '1.0',
    id: typeof id === 'string' && id !== '' ? shortId(id, context) : fallbackId,
    source: `/sources/${context.arrival.sourceId}`,
    type,
    data,
    ...(time === undefined ? {} : { time }),
    ...(typeof sequence === 'string' && sequence !== '' ? { sequence: sequence.slice(0, 200) } : {}),
  };
  const outcome = mapEvent(event, context.arrival);
  return isRefusal(outcome) ? atOrigin(outcome, emission, scope) : outcome;
}

function typeOf({ event }: Emission, scope: Scope): unknown {
  if (event.startsWith('tenure.')) return event;
  const { value, at } = locate(scope, event);
  if (at !== undefined) scope.findings.origins.set('#type', at);
  return value;
}

/** An id may have 200 characters; a longer one is represented by its digest. */
const shortId = (id: string, { digest }: MappingContext): string => (id.length <= 190 ? id : digest(id));

function timeOf({ time }: Emission, scope: Scope): string | undefined {
  if (time === undefined) return undefined;
  const value = evaluate(time, scope, '#time');
  if (value === undefined || value === null) return undefined;
  const instant = convert(value, 'instant');
  if (typeof instant === 'string') return instant;
  scope.findings.refusal ??= {
    code: 'wrong-format',
    pointer: scope.findings.origins.get('#time') ?? '',
    detail: 'The time cannot be read. It may be RFC 3339 text, or seconds or milliseconds since 1970.',
  };
  return undefined;
}

function dataOf(
  emission: Emission,
  definition: EventDefinition | undefined,
  scope: Scope,
  time: string | undefined,
): unknown {
  const value = typeof emission.data === 'string' ? dataAt(emission.data, scope) : objectOf(emission.data, scope, '');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value ?? {};
  const data = { ...(value as Record<string, unknown>) };
  for (const name of Object.keys(data)) if (data[name] === null && !mayBeNull(definition, name)) delete data[name];
  if (definition?.entity && time !== undefined && data['sourceUpdatedAt'] === undefined) data['sourceUpdatedAt'] = time;
  return data;
}

function dataAt(path: string, scope: Scope): unknown {
  const { value, at } = locate(scope, path);
  if (at !== undefined) scope.findings.origins.set('', at);
  return value;
}

/** Where null does not clear a field, the field is simply not told. */
function mayBeNull(definition: EventDefinition | undefined, name: string): boolean {
  const { properties = {} } = (definition?.schema ?? {}) as { properties?: Record<string, { type?: unknown }> };
  const type = properties[name]?.type;
  return Array.isArray(type) && type.includes('null');
}

/** A fault of a field, shown where in the vendor's item the field came from. */
function atOrigin(refusal: Refusal, emission: Emission, scope: Scope): Refusal {
  const { origins } = scope.findings;
  if (!refusal.pointer.startsWith('/data')) {
    const origin = origins.get(`#${refusal.pointer.slice(1)}`);
    return { ...refusal, pointer: origin ?? scope.itemAt, detail: `${refusal.detail} (${emission.event})` };
  }
  const field = refusal.pointer.slice('/data'.length);
  for (let at = field; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const origin = origins.get(at);
    if (origin !== undefined) {
      const rest = field.slice(at.length);
      return { ...refusal, pointer: at === '' ? origin + rest : origin, detail: refusal.detail };
    }
    if (at === '' || !at.includes('/')) return { ...refusal, pointer: scope.itemAt };
  }
}
