import { DAY_MS } from '../time/day';
import { businessTimeBetween } from '../time/business-days';
import type { EvidenceLine, Feature, FeatureName, Unit, Window } from './feature';
import { absent, count, lastDays, line, missing, round, type View } from './standpoint';
import { escalationsOf, openedSince, openTickets, type OpenTicket } from './tickets';

type SupportFeature = Extract<
  FeatureName,
  | 'tickets-open'
  | 'ticket-backlog'
  | 'tickets-escalated'
  | 'tickets-late'
  | 'tickets-severe'
  | 'oldest-ticket-age'
  | 'tickets-reopened'
  | 'tickets-escalated-90d'
  | 'first-response-hours'
>;

/** A ticket weighs its age ÷ its limit, at most this: one forgotten ticket must not outweigh everything. */
const MAX_WEIGHT = 3;
const RECENT_DAYS = 90;

export function supportFeatures(view: View): Record<SupportFeature, Feature> {
  const none = absent(view, 'tickets');
  const open = none ? [] : openTickets(view);
  const counted = open.filter((ticket) => ticket.state.kind !== 'request');
  return {
    'tickets-open': none ?? openFeature(open),
    'ticket-backlog': none ?? backlog(counted),
    'tickets-escalated': none ?? escalated(open),
    'tickets-late': none ?? late(counted),
    'tickets-severe': none ?? severe(counted),
    'oldest-ticket-age': none ?? oldest(counted),
    'tickets-reopened': none ?? reopened(view),
    'tickets-escalated-90d': none ?? escalatedLately(view),
    'first-response-hours': none ?? firstResponse(view),
  };
}

const ticketLine = (
  label: string,
  found: readonly { readonly id: string }[],
  window: Window | null = null,
  unit: Unit = 'tickets',
): EvidenceLine =>
  line(
    label,
    found.length,
    unit,
    window,
    found.map((one) => one.id),
  );

function openFeature(open: readonly OpenTicket[]): Feature {
  const reason = open.length === 0 ? 'No ticket is open.' : `${count(open.length, 'ticket')} open.`;
  return { value: open.length, reason, evidence: [ticketLine('Open tickets', open)] };
}

/** Σ min(3, age ÷ limit) over unsolved tickets; requests for features are left out. */
function backlog(counted: readonly OpenTicket[]): Feature {
  const value = counted.reduce((sum, { age, limit }) => sum + Math.min(MAX_WEIGHT, age / limit), 0);
  const beyond = counted.filter(isLate);
  return {
    value,
    reason: backlogSentence(counted, beyond),
    evidence: [ticketLine('Open tickets', counted), ticketLine('Beyond their limit', beyond)],
  };
}

const isLate = (ticket: OpenTicket): boolean => ticket.age > ticket.limit;

function backlogSentence(counted: readonly OpenTicket[], beyond: readonly OpenTicket[]): string {
  const first = oldestOf(counted);
  if (!first) return 'No ticket waits for an answer.';
  const lateness =
    beyond.length === 0 ? 'none beyond its limit' : `${beyond.length} beyond the limit of their priority`;
  return `${count(counted.length, 'ticket')} open, ${lateness}; the oldest for ${count(round(first.age), 'business day')}.`;
}

const oldestOf = (list: readonly OpenTicket[]): OpenTicket | undefined =>
  list.reduce<OpenTicket | undefined>((a, b) => (a && a.age >= b.age ? a : b), undefined);

function escalated(open: readonly OpenTicket[]): Feature {
  const found = open.filter((ticket) => ticket.state.escalatedAt !== null);
  const verb = found.length === 1 ? 'is' : 'are';
  return {
    value: found.length,
    reason: found.length === 0 ? 'No ticket is escalated.' : `${count(found.length, 'ticket')} ${verb} escalated.`,
    evidence: [ticketLine('Escalated tickets', found)],
  };
}

function late(counted: readonly OpenTicket[]): Feature {
  const found = counted.filter(isLate);
  return {
    value: found.length,
    reason:
      found.length === 0
        ? 'No ticket is beyond the limit of its priority.'
        : `${count(found.length, 'ticket')} open for longer than the limit of their priority.`,
    evidence: [ticketLine('Beyond their limit', found)],
  };
}

function severe(counted: readonly OpenTicket[]): Feature {
  const found = counted.filter(({ state }) => state.priority === 'urgent' || state.priority === 'high');
  return {
    value: found.length,
    reason:
      found.length === 0
        ? 'No urgent or high ticket is open.'
        : `${count(found.length, 'urgent or high ticket')} open.`,
    evidence: [ticketLine('Urgent and high tickets', found)],
  };
}

function oldest(counted: readonly OpenTicket[]): Feature {
  const first = oldestOf(counted);
  const value = first?.age ?? 0;
  return {
    value,
    reason: first
      ? `The oldest ticket has waited for ${count(round(value), 'business day')}.`
      : 'No ticket waits for an answer.',
    evidence: [line('Age of the oldest ticket', round(value), 'business days', null, first ? [first.id] : [])],
  };
}

function reopened(view: View): Feature {
  const found = openedSince(view, view.asOf.at - RECENT_DAYS * DAY_MS).filter(
    ({ state }) => (state.reopenCount ?? 0) > 0,
  );
  const value = found.reduce((sum, { state }) => sum + (state.reopenCount ?? 0), 0);
  return {
    value,
    reason:
      value === 0
        ? 'No ticket of the last 90 days was reopened.'
        : `${count(found.length, 'ticket')} of the last 90 days reopened, ${count(value, 'time')} in all.`,
    evidence: [ticketLine('Reopened tickets', found, lastDays(view, RECENT_DAYS))],
  };
}

function escalatedLately(view: View): Feature {
  const { at, knownAt } = view.asOf;
  const found: { id: string }[] = [];
  for (const one of escalationsOf(view.history.tickets)) {
    if (one.at <= at - RECENT_DAYS * DAY_MS) break;
    if (one.at <= at && one.knownAt <= knownAt) found.push(one);
  }
  return {
    value: found.length,
    reason: `${count(found.length, 'escalation')} in the last 90 days.`,
    evidence: [ticketLine('Escalations', found, lastDays(view, RECENT_DAYS))],
  };
}

/** Median over tickets opened in the last 90 days; weekends and holidays are left out. */
function firstResponse(view: View): Feature {
  const answered = openedSince(view, view.asOf.at - RECENT_DAYS * DAY_MS).flatMap(({ id, state }) =>
    state.firstResponseAt === undefined || state.firstResponseAt > view.asOf.at
      ? []
      : [{ id, hours: 24 * businessTimeBetween(state.openedAt, state.firstResponseAt, view.history) }],
  );
  const hours = answered.map((one) => one.hours).sort((a, b) => a - b);
  const low = hours[(hours.length - 1) >> 1];
  const high = hours[hours.length >> 1];
  if (low === undefined || high === undefined) return missing('No ticket of the last 90 days has a first response.');
  const value = (low + high) / 2;
  return {
    value,
    reason: `Half of ${count(answered.length, 'ticket')} had a first response within ${count(round(value), 'hour')}.`,
    evidence: [
      line(
        'Median first response',
        round(value),
        'hours',
        lastDays(view, RECENT_DAYS),
        answered.map((one) => one.id),
      ),
    ],
  };
}
