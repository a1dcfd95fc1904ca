import { statesAt, type Entity, type Timed } from '../history/as-of';
import type { TicketState } from '../history/entities';
import { businessTimeBetween, type BusinessCalendar } from '../time/business-days';
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

const LIMITS = { urgent: 1, high: 3, normal: 10, low: 20 } as const;

export const isUnsolved = (state: TicketState): boolean => state.status !== 'solved' && state.status !== 'closed';

/** Unsolved tickets with their age in the account's business days. */
export function openTickets(view: View): OpenTicket[] {
  const { history, asOf } = view;
  const byId = new Map(history.tickets.map((ticket) => [ticket.id, ticket]));
  return statesAt(history.tickets, asOf)
    .filter(({ state }) => isUnsolved(state))
    .map(({ id, state }) => ({ id, state, age: ageOf(view, byId.get(id), state), limit: LIMITS[state.priority] }));
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
