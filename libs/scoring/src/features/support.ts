import type { Feature, FeatureName } from './feature';
import { absent, count, line, round, type View } from './standpoint';
import { openTickets, type OpenTicket } from './tickets';

type SupportFeature = Extract<FeatureName, 'tickets-open' | 'ticket-backlog' | 'tickets-escalated'>;

/** A ticket weighs its age ÷ its limit, at most this: one forgotten ticket must not outweigh everything. */
const MAX_WEIGHT = 3;

export function supportFeatures(view: View): Record<SupportFeature, Feature> {
  const none = absent(view, 'tickets');
  if (none) return { 'tickets-open': none, 'ticket-backlog': none, 'tickets-escalated': none };
  const open = openTickets(view);
  return { 'tickets-open': openFeature(open), 'ticket-backlog': backlog(open), 'tickets-escalated': escalated(open) };
}

function openFeature(open: readonly OpenTicket[]): Feature {
  const ids = open.map((ticket) => ticket.id);
  return {
    value: open.length,
    reason: open.length === 0 ? 'No ticket is open.' : `${count(open.length, 'ticket')} open.`,
    evidence: [line('Open tickets', open.length, 'tickets', null, ids)],
  };
}

/** Σ min(3, age ÷ limit) over unsolved tickets; requests for features are left out. */
function backlog(open: readonly OpenTicket[]): Feature {
  const counted = open.filter((ticket) => ticket.state.kind !== 'request');
  const value = counted.reduce((sum, { age, limit }) => sum + Math.min(MAX_WEIGHT, age / limit), 0);
  const late = counted.filter((ticket) => ticket.age > ticket.limit);
  return {
    value,
    reason: backlogSentence(counted, late),
    evidence: [
      line(
        'Open tickets',
        counted.length,
        'tickets',
        null,
        counted.map((ticket) => ticket.id),
      ),
      line(
        'Beyond their limit',
        late.length,
        'tickets',
        null,
        late.map((ticket) => ticket.id),
      ),
    ],
  };
}

function backlogSentence(counted: readonly OpenTicket[], late: readonly OpenTicket[]): string {
  if (counted.length === 0) return 'No ticket waits for an answer.';
  const oldest = counted.reduce((a, b) => (b.age > a.age ? b : a));
  const beyond = late.length === 0 ? 'none beyond its limit' : `${late.length} beyond the limit of their priority`;
  const age = round(oldest.age);
  return `${count(counted.length, 'ticket')} open, ${beyond}; the oldest for ${count(age, 'business day')}.`;
}

function escalated(open: readonly OpenTicket[]): Feature {
  const found = open.filter((ticket) => ticket.state.escalatedAt !== null);
  const verb = found.length === 1 ? 'is' : 'are';
  return {
    value: found.length,
    reason: found.length === 0 ? 'No ticket is escalated.' : `${count(found.length, 'ticket')} ${verb} escalated.`,
    evidence: [
      line(
        'Escalated tickets',
        found.length,
        'tickets',
        null,
        found.map((ticket) => ticket.id),
      ),
    ],
  };
}
