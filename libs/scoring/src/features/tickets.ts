import { derivedAt, type Entity, type Standing, type Timed } from '../history/as-of';
import type { TicketPriority, TicketState } from '../history/entities';
import { addBusinessTime, businessTimeBetween, type BusinessCalendar } from '../time/business-days';
import type { Instant } from '../time/day';
import type { View } from './standpoint';

export interface OpenTicket {
  readonly id: string;
  readonly state: TicketState;
  /** Business days it has been with us: the time that waits on the customer is left out. */
  readonly age: number;
  /** Business days after which it is old, by priority. */
  readonly limit: number;
}

export type TicketLimits = Readonly<Record<TicketPriority, number>>;

const LIMITS: TicketLimits = { urgent: 1, high: 3, normal: 10, low: 20 };

export const isUnsolved = (state: TicketState): boolean => state.status !== 'solved' && state.status !== 'closed';

interface Unsolved extends Standing<TicketState> {
  readonly entity: Entity<TicketState> | undefined;
}

/** Unsolved tickets with their age in the account's business days. */
export function openTickets(view: View, limits: TicketLimits = LIMITS): OpenTicket[] {
  return unsolved(view).map((one) => ({
    id: one.id,
    state: one.state,
    age: ageOf(view, one.entity, one.state),
    limit: limits[one.state.priority],
  }));
}

/** The unsolved ones, without walking through all that were ever solved. */
export function unsolved(view: View): readonly Unsolved[] {
  const { history, asOf } = view;
  const open = derivedAt(history.tickets, asOf, 'unsolved', (standing) => {
    const found = standing.filter(({ state }) => isUnsolved(state));
    if (found.length === 0) return [];
    const byId = new Map(history.tickets.map((ticket) => [ticket.id, ticket]));
    return found.map((one) => ({ ...one, entity: byId.get(one.id) }));
  });
  return open.filter(({ state }) => state.openedAt <= asOf.at);
}

/** Tickets by when they were opened, the newest first, as far as `from`. */
export function openedSince(view: View, from: Instant): Standing<TicketState>[] {
  const newest = derivedAt(view.history.tickets, view.asOf, 'by-opening', (standing) =>
    [...standing].sort((a, b) => b.state.openedAt - a.state.openedAt || (a.id < b.id ? -1 : 1)),
  );
  const found: Standing<TicketState>[] = [];
  for (const one of newest) {
    if (one.state.openedAt <= from) break;
    if (one.state.openedAt <= view.asOf.at) found.push(one);
  }
  return found;
}

/** When a ticket that waits on us will be `limit` business days old; null while it waits on the customer. */
export function oldAt(view: View, { state, age, limit }: OpenTicket): Instant | null {
  if (state.status === 'waiting-on-customer' || age >= limit) return null;
  return addBusinessTime(view.asOf.at, limit - age, view.history);
}

function ageOf(view: View, ticket: Entity<TicketState> | undefined, now: TicketState): number {
  const calendar: BusinessCalendar = view.history;
  const total = businessTimeBetween(now.openedAt, view.asOf.at, calendar);
  return Math.max(0, total - waiting(view, ticket?.states ?? [], calendar));
}

function waiting(view: View, states: readonly Timed<TicketState>[], calendar: BusinessCalendar): number {
  const line = timeline(states, view.asOf.at, view.asOf.knownAt);
  return line.reduce((sum, one, i) => {
    if (one.state.status !== 'waiting-on-customer') return sum;
    return sum + businessTimeBetween(one.at, line[i + 1]?.at ?? view.asOf.at, calendar);
  }, 0);
}

/** The versions as known, one per event time, ascending. */
function timeline(states: readonly Timed<TicketState>[], at: Instant, knownAt: Instant): Timed<TicketState>[] {
  const byTime = new Map<Instant, Timed<TicketState>>();
  for (const one of states) {
    if (one.at > at || one.knownAt > knownAt) continue;
    const held = byTime.get(one.at);
    if (!held || one.knownAt >= held.knownAt) byTime.set(one.at, one);
  }
  return [...byTime.values()].sort((a, b) => a.at - b.at);
}

/** A ticket that was escalated at an instant, whatever became of it. */
export interface Escalation {
  readonly id: string;
  readonly at: Instant;
  readonly knownAt: Instant;
}

const escalations = new WeakMap<readonly Entity<TicketState>[], readonly Escalation[]>();

/** Every escalation there ever was, the newest first: a state alone forgets it once the ticket is solved. */
export function escalationsOf(tickets: readonly Entity<TicketState>[]): readonly Escalation[] {
  const known = escalations.get(tickets);
  if (known) return known;
  const byInstant = new Map<string, Escalation>();
  for (const { id, states } of tickets)
    for (const { knownAt, state } of states) {
      if (state.escalatedAt === null) continue;
      const key = `${id}:${state.escalatedAt}`;
      const before = byInstant.get(key);
      if (!before || knownAt < before.knownAt) byInstant.set(key, { id, at: state.escalatedAt, knownAt });
    }
  const found = [...byInstant.values()].sort((a, b) => b.at - a.at);
  escalations.set(tickets, found);
  return found;
}
