import { usageRecorded } from '@tenure/contracts';

import { isRefusal } from '../intake/candidate.domain';
import type { IntakeItem } from '../intake/item.domain';

const dayMs = 86_400_000;

/** How much is learned. Beyond it things are counted as "other" and cost nothing more. */
export const bounds = {
  /** Longer names are nobody's events. */
  nameLength: 200,
  propertyLength: 100,
  /** Names that are new to this process, between two writes: the database says which of them find a place. */
  newNames: 500,
  /** Days back that are counted one by one. */
  days: 90,
  /** Properties are looked at in the first events of a round and in each 64th after them. */
  firstLooks: 8,
  thenEach: 64,
} as const;

export type ValueType = 'string' | 'number' | 'boolean' | 'object' | 'array' | 'null';

/** Sightings of one type of a property, by the events' own time. */
export interface Sightings {
  firstMs: number;
  lastMs: number;
  seen: number;
}

export interface PropertyTally {
  /** It has a place in the database. */
  known: boolean;
  readonly types: Map<ValueType, Sightings>;
}

/** What was counted of a name since the last write. */
export interface NameTally {
  readonly name: string;
  /** It has a place in the database. */
  known: boolean;
  events: number;
  firstMs: number;
  lastMs: number;
  /** Events by day number since 1970 (UTC), without those of the day that is being counted. */
  readonly days: Map<number, number>;
  day: number;
  eventsOfDay: number;
  readonly properties: Map<string, PropertyTally>;
  otherProperties: number;
}

/**
 * The names of one tenant in this process. It holds those that have a place (as many as a tenant may have) and at most 500
 * that may get one: a client that invents names can fill neither the memory nor the places of known names.
 */
export class TenantNames {
  private readonly names = new Map<string, NameTally>();
  private changed: NameTally[] = [];
  private fresh = 0;
  private other = 0;
  /** Whether the names that have a place were read. */
  loaded = false;

  constructor(private readonly propertiesOfName: number) {}

  /** On the way of a request: one look-up an event. */
  note(name: string, properties: unknown, timeMs: number, today: number): void {
    const tally = this.names.get(name) ?? this.admit(name);
    if (!tally) {
      this.other += 1;
      return;
    }
    if (tally.events === 0) this.begin(tally, timeMs);
    tally.events += 1;
    if (timeMs < tally.firstMs) tally.firstMs = timeMs;
    if (timeMs > tally.lastMs) tally.lastMs = timeMs;
    // Nearly always the day of the event before: the map is asked only when it changes.
    const day = dayOf(timeMs);
    if (day !== tally.day) {
      closeDay(tally, today);
      tally.day = day;
    }
    tally.eventsOfDay += 1;
    if (tally.events <= bounds.firstLooks || tally.events % bounds.thenEach === 0) this.look(tally, properties, timeMs);
  }

  /** These have a place. */
  know(names: Iterable<string>): void {
    for (const name of names) {
      const tally = this.names.get(name);
      if (!tally) this.names.set(name, emptyTally(name, true));
      else if (!tally.known) this.promote(tally);
    }
  }

  /** These properties of the name have a place. */
  knowProperties(name: string, properties: Iterable<string>): void {
    const own = this.names.get(name)?.properties;
    for (const key of properties) {
      const property = own?.get(key);
      if (property) property.known = true;
      else own?.set(key, { known: true, types: new Map() });
    }
  }

  /** What was counted since the last time, by name; counting begins anew. */
  take(today: number): { readonly tallies: NameTally[]; readonly other: number } {
    const taken = { tallies: this.changed.sort((a, b) => (a.name < b.name ? -1 : 1)), other: this.other };
    this.changed = [];
    this.other = 0;
    for (const tally of taken.tallies) closeDay(tally, today);
    // Counted on in copies: what comes while the write is under way belongs to the next one.
    for (const tally of taken.tallies) {
      const fresh = emptyTally(tally.name, tally.known);
      for (const [key, property] of tally.properties) {
        // Properties that have a place are remembered: nobody asks the database about them again.
        if (property.known) fresh.properties.set(key, { known: true, types: new Map() });
      }
      this.names.set(tally.name, fresh);
    }
    return taken;
  }

  /** What could not be written is counted again. */
  giveBack({ tallies, other }: { readonly tallies: readonly NameTally[]; readonly other: number }): void {
    this.other += other;
    for (const taken of tallies) {
      const tally = this.names.get(taken.name);
      if (!tally) continue;
      if (tally.events === 0) this.begin(tally, taken.firstMs);
      tally.events += taken.events;
      tally.firstMs = Math.min(tally.firstMs, taken.firstMs);
      tally.lastMs = Math.max(tally.lastMs, taken.lastMs);
      for (const [day, events] of taken.days) tally.days.set(day, (tally.days.get(day) ?? 0) + events);
      for (const [key, property] of taken.properties)
        if (!tally.properties.has(key)) tally.properties.set(key, property);
    }
  }

  /** These found no place: they make room for others. */
  drop(names: Iterable<string>): void {
    for (const name of names) {
      const tally = this.names.get(name);
      if (!tally || tally.known) continue;
      this.names.delete(name);
      this.fresh -= 1;
      this.other += tally.events;
      this.changed = this.changed.filter((each) => each !== tally);
    }
  }

  get size(): number {
    return this.names.size;
  }

  private admit(name: string): NameTally | undefined {
    if (this.fresh >= bounds.newNames || name.length > bounds.nameLength) return undefined;
    this.fresh += 1;
    const tally = emptyTally(name, false);
    this.names.set(name, tally);
    return tally;
  }

  private promote(tally: NameTally): void {
    tally.known = true;
    this.fresh -= 1;
  }

  private begin(tally: NameTally, timeMs: number): void {
    tally.firstMs = timeMs;
    tally.lastMs = timeMs;
    this.changed.push(tally);
  }

  private look(tally: NameTally, properties: unknown, timeMs: number): void {
    if (typeof properties !== 'object' || properties === null) return;
    for (const key of Object.keys(properties)) {
      const property = tally.properties.get(key) ?? this.admitProperty(tally, key);
      if (!property) {
        tally.otherProperties += 1;
        continue;
      }
      const type = typeOf((properties as Record<string, unknown>)[key]);
      const seen = property.types.get(type);
      if (!seen) property.types.set(type, { firstMs: timeMs, lastMs: timeMs, seen: 1 });
      else {
        seen.firstMs = Math.min(seen.firstMs, timeMs);
        seen.lastMs = Math.max(seen.lastMs, timeMs);
        seen.seen += 1;
      }
    }
  }

  private admitProperty(tally: NameTally, key: string): PropertyTally | undefined {
    if (tally.properties.size >= this.propertiesOfName || !isStorableKey(key)) return undefined;
    const fresh: PropertyTally = { known: false, types: new Map() };
    tally.properties.set(key, fresh);
    return fresh;
  }
}

/** The number of a day since 1970 (UTC). */
export const dayOf = (ms: number): number => Math.floor(ms / dayMs);

/** Every usage event of these items, whatever became of it but refused. */
export function noteItems(names: TenantNames, items: readonly IntakeItem[], nowMs: number): void {
  const today = dayOf(nowMs);
  for (const { outcome } of items) {
    if (isRefusal(outcome)) continue;
    for (const { definition, data, timeMs } of outcome.events) {
      if (definition === usageRecorded) names.note(String(data['event']), data['properties'], timeMs, today);
    }
  }
}

function emptyTally(name: string, known: boolean): NameTally {
  return {
    name,
    known,
    events: 0,
    firstMs: 0,
    lastMs: 0,
    days: new Map(),
    day: 0,
    eventsOfDay: 0,
    properties: new Map(),
    otherProperties: 0,
  };
}

/** Puts the day that was counted to the others, unless it is too long ago. */
function closeDay(tally: NameTally, today: number): void {
  const { day, eventsOfDay } = tally;
  if (eventsOfDay > 0 && day > today - bounds.days) tally.days.set(day, (tally.days.get(day) ?? 0) + eventsOfDay);
  tally.eventsOfDay = 0;
}

function typeOf(value: unknown): ValueType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  const type = typeof value;
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object';
}

const isStorableKey = (key: string): boolean =>
  key !== '' && key.length <= bounds.propertyLength && key.isWellFormed() && !key.includes('\0');
