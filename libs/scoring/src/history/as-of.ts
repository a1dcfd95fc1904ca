import type { Instant } from '../time/day';

/**
 * The standpoint of a calculation: what had happened by `at`, as far as it was known by `knownAt`.
 * Live: both are now. A backtest puts both on a day of the past; a correction looks at the past with today's knowledge.
 */
export interface AsOf {
  readonly at: Instant;
  readonly knownAt: Instant;
}

export function asOf(at: Instant, knownAt: Instant = at): AsOf {
  return { at, knownAt };
}

/** One version of a state: valid from `at` (event time), known since `knownAt` (received, or stated by an import). */
export interface Timed<S> {
  readonly at: Instant;
  readonly knownAt: Instant;
  readonly state: S;
}

/** A thing with its versions, in any order. */
export interface Entity<S> {
  readonly id: string;
  readonly states: readonly Timed<S>[];
}

/** The version in force: the latest event time that had happened and was known; of those, the one learned last. */
export function versionAt<S>(states: readonly Timed<S>[], when: AsOf): Timed<S> | null {
  let best: Timed<S> | null = null;
  for (const one of states) {
    if (one.at > when.at || one.knownAt > when.knownAt) continue;
    if (!best || one.at > best.at || (one.at === best.at && one.knownAt >= best.knownAt)) best = one;
  }
  return best;
}

export function stateAt<S>(states: readonly Timed<S>[], when: AsOf): S | null {
  return versionAt(states, when)?.state ?? null;
}

/** An entity with the version in force. */
export interface Standing<S> {
  readonly id: string;
  readonly at: Instant;
  readonly state: S;
}

interface Settled {
  /** After this instant no version of the array comes into force any more. */
  readonly latest: Instant;
  readonly standing: readonly Standing<never>[];
  readonly derived: Map<string, unknown>;
}

/** Per array: the states for every standpoint after its last change, so that a live look does not walk all versions. */
const settledStates = new WeakMap<readonly Entity<unknown>[], Settled>();

/** The entities that exist at that standpoint, each with its state there. */
export function statesAt<S>(entities: readonly Entity<S>[], when: AsOf): readonly Standing<S>[] {
  const settled = settledFor(entities, when);
  return settled ? (settled.standing as readonly Standing<S>[]) : read(entities, when);
}

/**
 * Something worked out from the states alone (not from the standpoint): kept for as long as the array is the same, for
 * standpoints after its last change. `name` tells apart what is worked out from one array.
 */
export function derivedAt<S, T>(
  entities: readonly Entity<S>[],
  when: AsOf,
  name: string,
  derive: (standing: readonly Standing<S>[]) => T,
): T {
  const settled = settledFor(entities, when);
  if (!settled) return derive(read(entities, when));
  if (!settled.derived.has(name)) settled.derived.set(name, derive(settled.standing as readonly Standing<S>[]));
  return settled.derived.get(name) as T;
}

function settledFor<S>(entities: readonly Entity<S>[], when: AsOf): Settled | null {
  const settled = settledStates.get(entities) ?? settle(entities);
  return Math.min(when.at, when.knownAt) >= settled.latest ? settled : null;
}

function settle<S>(entities: readonly Entity<S>[]): Settled {
  let latest = -Infinity;
  for (const { states } of entities) for (const one of states) latest = Math.max(latest, one.at, one.knownAt);
  const standing = read(entities, { at: latest, knownAt: latest }) as unknown as readonly Standing<never>[];
  const settled = { latest, standing, derived: new Map<string, unknown>() };
  settledStates.set(entities, settled);
  return settled;
}

const ordered = new WeakMap<readonly Entity<unknown>[], readonly Entity<unknown>[]>();

/** By id: what is added up over them must not depend on the order in which they came to be known. */
function inOrder<S>(entities: readonly Entity<S>[]): readonly Entity<S>[] {
  const known = ordered.get(entities);
  if (known) return known as readonly Entity<S>[];
  const sorted = [...entities].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  ordered.set(entities, sorted);
  return sorted;
}

function read<S>(entities: readonly Entity<S>[], when: AsOf): Standing<S>[] {
  const found: Standing<S>[] = [];
  for (const { id, states } of inOrder(entities)) {
    const version = versionAt(states, when);
    if (version) found.push({ id, at: version.at, state: version.state });
  }
  return found;
}

/**
 * Versions from the raw events of one entity, given any fold of them. A late event makes a second version of every state
 * after it, known only since the late event came, so that no earlier standpoint sees it. Quadratic in late events only.
 */
export function timedStates<E extends { readonly at: Instant; readonly knownAt: Instant }, S>(
  events: readonly E[],
  fold: (known: readonly E[]) => S,
): Timed<S>[] {
  const byKnown = [...events].sort((a, b) => a.knownAt - b.knownAt || a.at - b.at);
  const known: E[] = [];
  const versions: Timed<S>[] = [];
  for (const event of byKnown) {
    const place = known.findLastIndex((one) => one.at <= event.at) + 1;
    known.splice(place, 0, event);
    for (let end = place; end < known.length; end++) {
      const at = known[end]?.at ?? event.at;
      versions.push({ at, knownAt: event.knownAt, state: fold(known.slice(0, end + 1)) });
    }
  }
  return versions;
}
