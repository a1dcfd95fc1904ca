/** Which of two statements about a field holds: the later one; then the one with the greater sequence, source, id. */
export interface Rank {
  /** When the source knew it, ISO-8601 UTC with milliseconds, so that text order is time order. */
  readonly time: string;
  readonly sequence: string;
  readonly source: string;
  readonly id: string;
}

/** One state event, as the fold sees it. */
export interface Statement {
  readonly rank: Rank;
  /** True: fields that it does not name are cleared. */
  readonly snapshot: boolean;
  /** Fields it names; null clears one. Objects of named values (`externalIds`, `attributes`, `traits`) count each name as a field. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The folded state: each field with the statement that won, and the newest snapshot. */
export interface FoldedState {
  readonly fields: Readonly<Record<string, { readonly value: unknown; readonly rank: Rank }>>;
  readonly snapshot: Rank | null;
}

export const emptyState: FoldedState = { fields: {}, snapshot: null };

/** Fields whose names are fields of their own, so that two sources can each keep theirs. */
const maps = new Set(['externalIds', 'attributes', 'traits']);
const separator = '/';

/** Source and time say when, not what: they are never part of the state. `__proto__` is no name that an object can keep. */
const notState = new Set(['accountId', 'accountRef', 'accountDomain', 'sourceUpdatedAt', 'snapshot', '__proto__']);

/**
 * Adds one statement. Commutative, associative and idempotent: any order of the same statements gives the same state,
 * so an event that comes late changes exactly what it would have changed in time.
 */
export function fold(state: FoldedState, statement: Statement): FoldedState {
  const fields: Record<string, { value: unknown; rank: Rank }> = { ...state.fields };
  for (const [name, value] of flatten(statement.fields)) {
    // A field of the sender's own may be called like something that every object has.
    const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!known || compareRanks(known.rank, statement.rank) < 0) fields[name] = { value, rank: statement.rank };
  }
  const newer = statement.snapshot && (!state.snapshot || compareRanks(state.snapshot, statement.rank) < 0);
  const snapshot = newer ? statement.rank : state.snapshot;
  return { fields: snapshot ? since(fields, snapshot) : fields, snapshot };
}

/** The state as data: cleared fields are absent, maps are objects again. */
export function dataOf(state: FoldedState): Record<string, unknown> {
  const data: Record<string, unknown> = {};
  for (const [name, { value }] of Object.entries(state.fields)) {
    if (value === null) continue;
    const slash = name.indexOf(separator);
    const map = slash > 0 ? name.slice(0, slash) : '';
    if (!maps.has(map)) data[name] = value;
    else data[map] = { ...(data[map] as object | undefined), [name.slice(slash + 1)]: value };
  }
  return data;
}

export function compareRanks(a: Rank, b: Rank): number {
  return (
    compare(a.time, b.time) || compare(a.sequence, b.sequence) || compare(a.source, b.source) || compare(a.id, b.id)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What is older than the newest snapshot and not named by it is cleared. */
function since(fields: FoldedState['fields'], snapshot: Rank): Record<string, { value: unknown; rank: Rank }> {
  return Object.fromEntries(Object.entries(fields).filter(([, { rank }]) => compareRanks(rank, snapshot) >= 0));
}

function* flatten(fields: Readonly<Record<string, unknown>>): Generator<[string, unknown]> {
  for (const [name, value] of Object.entries(fields)) {
    if (notState.has(name) || value === undefined) continue;
    if (!maps.has(name) || value === null || typeof value !== 'object') yield [name, value];
    else for (const [inner, each] of Object.entries(value)) yield [`${name}${separator}${inner}`, each];
  }
}
