import { type EventDefinition, eventByType } from '@tenure/contracts';

import { mapEvent } from '../cloudevents/map-event.domain';
import { type Arrival, isRefusal, type Mapped, type Refusal } from '../intake/candidate.domain';
import { holds } from './condition.domain';
import { convert } from './convert.domain';
import { evaluate, objectOf } from './evaluate.domain';
import type { Emission, Mapping, Rule } from './mapping.domain';
import { atPointer } from './pointer.domain';
import { type Around, locate, type Scope } from './scope.domain';

/** What a mapping is carried out with. */
export interface MappingContext {
  readonly mapping: Mapping;
  readonly arrival: Arrival;
  readonly around: Around;
  /** A short text for any text: the identity of what has none. */
  readonly digest: (text: string) => string;
}

/** What became of an item: events, a reason why not, or nothing because it was a test of the connection. */
export interface MappedItem {
  /** The rule that decided; null where none fits. */
  readonly rule: string | null;
  readonly outcome: Mapped | Refusal | 'ping';
}

const notMapped: Refusal = {
  code: 'not-mapped',
  pointer: '',
  detail: 'No rule of the mapping fits this item. Send less of it at the vendor, or add a rule.',
};

/** One item of a webhook as canonical events, by the first rule that fits. Pointers are into the item as it was sent. */
export function mapItem(item: unknown, context: MappingContext): MappedItem {
  const scope = scopeOf(item, context);
  const rule = context.mapping.rules.find((each) => holds(each.when, scope));
  if (!rule) return { rule: null, outcome: notMapped };
  return { rule: rule.name, outcome: carryOut(rule, scope, context) };
}

function scopeOf(item: unknown, { mapping, around }: MappingContext): Scope {
  const itemAt = (mapping.unwrap ?? []).find((pointer) => isThere(atPointer(item, pointer))) ?? '';
  const inner = atPointer(item, itemAt);
  return { item: inner, itemAt, here: inner, hereAt: itemAt, around, findings: newFindings() };
}

const isThere = (value: unknown): boolean => value !== undefined && value !== null;
const newFindings = () => ({ origins: new Map<string, string>(), refusal: undefined });

function carryOut(rule: Rule, scope: Scope, context: MappingContext): MappedItem['outcome'] {
  if (rule.ping) return 'ping';
  if (rule.reject) return { ...rule.reject, pointer: scope.itemAt };
  const missing = rule.needs?.paths.find((path) => !isThere(locate(scope, path).value));
  if (rule.needs && missing !== undefined) {
    const { code, detail } = rule.needs;
    return { code, detail: `${detail} (${missing} is not there.)`, pointer: locate(scope, missing).at ?? '' };
  }
  const drafts = scopesOf(rule, scope).flatMap((each) =>
    (rule.emit ?? [])
      .filter((emission) => holds(emission.when, each))
      .map((emission) => ({ emission, scope: { ...each, findings: newFindings() } })),
  );
  const identity = context.digest(JSON.stringify(scope.item));
  return together(drafts.map((draft, at) => eventOf(draft.emission, draft.scope, context, idAt(identity, at))));
}

const idAt = (identity: string, at: number): string => (at === 0 ? identity : `${identity}#${at}`);

/** One scope for each entry of the rule's list, or the item's own. */
function scopesOf(rule: Rule, scope: Scope): Scope[] {
  if (rule.each === undefined) return [scope];
  const list = locate(scope, rule.each).value;
  return (Array.isArray(list) ? (list as unknown[]) : []).map((each) => ({
    ...scope,
    around: { ...scope.around, each },
  }));
}

/** The item as a whole: its events, or the first reason against one of them. */
function together(outcomes: readonly (Mapped | Refusal)[]): Mapped | Refusal {
  const refusal = outcomes.find(isRefusal);
  if (refusal) return refusal;
  const mapped = outcomes.filter((each): each is Mapped => !isRefusal(each));
  const [first, ...others] = mapped.flatMap((each) => each.events);
  if (!first) return notMapped;
  return { events: [first, ...others], statements: mapped.flatMap((each) => each.statements) };
}

/** The event as a CloudEvent, which from here on is judged like one that came as such. */
function eventOf(emission: Emission, scope: Scope, context: MappingContext, fallbackId: string): Mapped | Refusal {
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
