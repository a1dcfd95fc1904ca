import type { EventDefinition, ReceiptBody } from '@tenure/contracts';

import { type Arrival, isRefusal } from '../intake/candidate.domain';
import type { IntakeItem } from '../intake/item.domain';

export const hourMs = 3_600_000;

/** What one source sent in one hour of receipt. */
export interface HourCount {
  readonly tenantId: string;
  readonly sourceId: string;
  readonly hourMs: number;
  accepted: number;
  held: number;
  rejected: number;
  lastMs: number;
}

/** A type that one source delivers, and how often it was seen: not every event is looked at. */
export interface TypeCount {
  readonly tenantId: string;
  readonly sourceId: string;
  readonly type: string;
  events: number;
  lastMs: number;
}

/** The types of a whole request are looked at in every 16th; of the others, that of the first item. */
const wholeRequestEach = 16;

/** Counts in memory between two looks of the database. Its size is that of the sources that sent meanwhile. */
export class VolumeTally {
  private hours = new Map<string, HourCount>();
  private requests = -1;
  private types = new Map<string, Map<EventDefinition, TypeCount>>();

  /** On the way of a request: two look-ups, and a few more for types that are looked at. */
  note(arrival: Arrival, items: readonly IntakeItem[], receipt: ReceiptBody): void {
    const hour = Math.floor(arrival.receivedMs / hourMs) * hourMs;
    const source = `${arrival.tenantId}/${arrival.sourceId}`;
    const count = this.hourOf(`${source}/${hour}`, arrival, hour);
    count.accepted += receipt.accepted;
    count.held += receipt.held;
    count.rejected += receipt.rejected.length;
    if (arrival.receivedMs > count.lastMs) count.lastMs = arrival.receivedMs;
    this.requests += 1;
    const looked = this.requests % wholeRequestEach === 0 ? items : items.slice(0, 1);
    if (receipt.rejected.length < items.length) this.noteTypes(source, arrival, looked);
  }

  /** Everything counted so far, in the order in which rows are locked; counting begins anew. */
  take(): { readonly hours: readonly HourCount[]; readonly types: readonly TypeCount[] } {
    const types = [...this.types.values()].flatMap((own) => [...own.values()]);
    const taken = { hours: [...this.hours.values()].sort(inOrder), types: types.sort(inOrder) };
    this.hours = new Map();
    this.types = new Map();
    return taken;
  }

  /** What could not be written is counted again; the types are told again by the next events. */
  giveBack(hours: readonly HourCount[]): void {
    for (const each of hours) {
      const key = `${each.tenantId}/${each.sourceId}/${each.hourMs}`;
      const newer = this.hours.get(key);
      this.hours.set(key, newer ? joined(each, newer) : each);
    }
  }

  private hourOf(key: string, { tenantId, sourceId }: Arrival, hour: number): HourCount {
    const known = this.hours.get(key);
    if (known) return known;
    const fresh = { tenantId, sourceId, hourMs: hour, accepted: 0, held: 0, rejected: 0, lastMs: 0 };
    this.hours.set(key, fresh);
    return fresh;
  }

  private noteTypes(source: string, arrival: Arrival, items: readonly IntakeItem[]): void {
    const own = this.types.get(source) ?? new Map<EventDefinition, TypeCount>();
    if (own.size === 0) this.types.set(source, own);
    for (const { outcome } of items) {
      if (isRefusal(outcome)) continue;
      for (const { definition } of outcome.events) typeOf(own, arrival, definition).events += 1;
    }
  }
}

function typeOf(own: Map<EventDefinition, TypeCount>, arrival: Arrival, definition: EventDefinition): TypeCount {
  const { tenantId, sourceId, receivedMs } = arrival;
  const known = own.get(definition);
  if (known) {
    known.lastMs = Math.max(known.lastMs, receivedMs);
    return known;
  }
  const fresh = { tenantId, sourceId, type: definition.type, events: 0, lastMs: receivedMs };
  own.set(definition, fresh);
  return fresh;
}

function joined(a: HourCount, b: HourCount): HourCount {
  return {
    ...a,
    accepted: a.accepted + b.accepted,
    held: a.held + b.held,
    rejected: a.rejected + b.rejected,
    lastMs: Math.max(a.lastMs, b.lastMs),
  };
}

type Ordered = {
  readonly tenantId: string;
  readonly sourceId: string;
  readonly hourMs?: number;
  readonly type?: string;
};

function inOrder(a: Ordered, b: Ordered): number {
  if (a.tenantId !== b.tenantId) return a.tenantId < b.tenantId ? -1 : 1;
  if (a.sourceId !== b.sourceId) return a.sourceId < b.sourceId ? -1 : 1;
  if (a.type !== undefined && b.type !== undefined && a.type !== b.type) return a.type < b.type ? -1 : 1;
  return (a.hourMs ?? 0) - (b.hourMs ?? 0);
}
