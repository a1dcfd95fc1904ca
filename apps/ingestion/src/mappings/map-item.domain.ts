import { type Candidate, isRefusal, type Mapped, type Refusal } from '../intake/candidate.domain';
import { holds } from './condition.domain';
import { eventOf, type MappingContext } from './emit-event.domain';
import type { Rule } from './mapping.domain';
import { atPointer } from './pointer.domain';
import { locate, type Scope } from './scope.domain';

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
  const [first, ...others] = withOwnIds(mapped.flatMap((each) => each.events));
  if (!first) return notMapped;
  return { events: [first, ...others], statements: mapped.flatMap((each) => each.statements) };
}

/** Two events of one item are never the same event, also where the mapping gives them the same id. */
function withOwnIds(events: readonly Candidate[]): Candidate[] {
  const taken = new Set<string>();
  return events.map((event, at) => {
    const id = taken.has(event.id) ? `${event.id.slice(0, 190)}#${at}` : event.id;
    taken.add(id);
    return { ...event, id };
  });
}
