import { count, round, viewOf } from '../features/standpoint';
import { oldAt, openTickets, type OpenTicket, type TicketLimits } from '../features/tickets';
import { evidence } from './evidence';
import type { SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
  urgentDays: 1,
  highDays: 3,
  normalDays: 10,
};
type Parameters = typeof defaults;

export const ticketAgeing: SignalDefinition<Parameters> = {
  name: 'ticket-ageing',
  version: 1,
  title: 'A ticket waits too long',
  condition:
    'A ticket is unsolved beyond 1 (urgent), 3 (high) or 10 (normal) business days, without the time that waits on the customer. Feature requests and low priority are left out.',
  clears: 'No ticket is beyond its limit for four hours.',
  baseSeverity: 'medium',
  inputs: ['tickets'],
  needs: 'all',
  waitsOnIncident: true,
  clearAfterHours: 4,
  recommendedAction: 'Ask support for the next step and its date, and tell the customer both before they ask.',
  defaults,
  parameters: {
    urgentDays: { label: 'Urgent, business days', unit: 'business days', min: 0.25, max: 60 },
    highDays: { label: 'High, business days', unit: 'business days', min: 0.25, max: 90 },
    normalDays: { label: 'Normal, business days', unit: 'business days', min: 0.25, max: 120 },
  },
  assess,
};

/** Opens exactly when a ticket that waits on us reaches its limit in the account's business time. */
function assess({ history, asOf, since, parameters }: Standpoint<Parameters>): Verdict {
  const view = viewOf(history, asOf);
  const limits: TicketLimits = {
    urgent: parameters.urgentDays,
    high: parameters.highDays,
    normal: parameters.normalDays,
    low: Infinity,
  };
  const open = openTickets(view, limits).filter(({ state }) => state.kind !== 'request' && state.priority !== 'low');
  const late = open.filter(({ age, limit }) => age >= limit).sort(worst);
  const [first] = late;
  const dues = open.flatMap((one) => oldAt(view, one) ?? []);
  return {
    holds: first !== undefined,
    since: first === undefined ? null : (since ?? asOf.at),
    summary: first ? summaryOf(first, late.length) : 'No ticket waits too long',
    reason: first
      ? `${summaryOf(first, late.length)}; the limit for ${first.state.priority} is ${count(first.limit, 'business day')}.`
      : `${count(open.length, 'ticket')} open, none beyond the limit of its priority.`,
    evidence: late.map(({ id, state, age, limit }) =>
      evidence(state.subject ?? `Ticket ${id}`, 'ticket-age', 'business days', {
        value: round(age),
        threshold: limit,
        ids: [id],
        url: state.url ?? null,
      }),
    ),
    due: dues.length > 0 ? Math.min(...dues) : null,
    severityStep: late.some(({ state }) => state.priority === 'urgent') ? 1 : 0,
  };
}

/** By how many times the limit is exceeded. */
const worst = (a: OpenTicket, b: OpenTicket): number => b.age / b.limit - a.age / a.limit || (a.id < b.id ? -1 : 1);

function summaryOf({ state, age }: OpenTicket, late: number): string {
  const waits = `${state.priority} ticket has waited for ${count(round(age), 'business day')}`;
  return late === 1
    ? `A ${waits}`.replace('A urgent', 'An urgent')
    : `${late} tickets wait too long; a ${waits}`.replace('a urgent', 'an urgent');
}
