import { count, round, viewOf } from '../features/standpoint';
import { unsolved } from '../features/tickets';
import { DAY_MS, isoFromDay } from '../time/day';
import { zonedDay } from '../time/zoned-day';
import { evidence } from './evidence';
import type { SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = { minTickets: 1 };
type Parameters = typeof defaults;

export const escalationOpen: SignalDefinition<Parameters> = {
  name: 'escalation-open',
  version: 1,
  title: 'An escalation is open',
  condition: 'An escalated ticket is unsolved.',
  clears: 'No escalated ticket is open for an hour.',
  baseSeverity: 'high',
  inputs: ['tickets'],
  needs: 'all',
  waitsOnIncident: false,
  clearAfterHours: 1,
  recommendedAction: 'Name an owner, agree the next step and its date with support, and tell the customer both.',
  defaults,
  parameters: {
    minTickets: { label: 'Escalated tickets, at least', unit: 'tickets', min: 1, max: 100, integer: true },
  },
  assess,
};

function assess({ history, asOf, parameters }: Standpoint<Parameters>): Verdict {
  const open = unsolved(viewOf(history, asOf)).filter(
    ({ state }) => state.escalatedAt !== null && state.escalatedAt <= asOf.at,
  );
  const holds = open.length >= parameters.minTickets;
  const since = Math.min(...open.map(({ state }) => state.escalatedAt ?? asOf.at));
  const day = open.length > 0 ? isoFromDay(zonedDay(since, history.timeZone)) : '';
  return {
    holds,
    since: holds ? since : null,
    summary: holds ? `${count(open.length, 'escalated ticket')} open` : 'No escalation is open',
    reason: holds
      ? `${count(open.length, 'escalated ticket')} open, the first since ${day}.`
      : 'No ticket is escalated.',
    evidence: open.map(({ id, state }) =>
      evidence(state.subject ?? `Ticket ${id}`, 'ticket-escalated', 'days', {
        value: round((asOf.at - (state.escalatedAt ?? asOf.at)) / DAY_MS),
        threshold: 0,
        ids: [id],
        url: state.url ?? null,
      }),
    ),
    due: null,
  };
}
