import { count, round } from '../features/standpoint';
import { isUnsolved } from '../features/tickets';
import { statesAt } from '../history/as-of';
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
  baseSeverity: 'high',
  inputs: ['tickets'],
  needs: 'all',
  waitsOnIncident: false,
  clearAfterHours: 1,
  recommendedAction: 'Name an owner, agree the next step and its date with support, and tell the customer both.',
  defaults,
  assess,
};

function assess({ history, asOf, parameters }: Standpoint<Parameters>): Verdict {
  const open = statesAt(history.tickets, asOf).filter(
    ({ state }) => isUnsolved(state) && state.escalatedAt !== null && state.escalatedAt <= asOf.at,
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
