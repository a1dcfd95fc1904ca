import { activeRecently } from '../features/usage-windows';
import { count, round, viewOf, windowOf } from '../features/standpoint';
import { openedSince } from '../features/tickets';
import { popcount } from '../history/bitmap';
import { DAY_MS, type Instant } from '../time/day';
import { evidence } from './evidence';
import { negativeBinomialTail } from './negative-binomial';
import type { SignalDefinition, Standpoint, Verdict } from './signal';

const defaults = {
  minTickets: 4,
  factor: 2,
  tail: 0.005,
  /** Tickets per human active user and 14 days where the segment's rate is not known. */
  priorTicketsPerUser: 0.05,
  /** Strength of the segment's rate: the shape of its gamma prior. */
  priorShape: 2,
  /** Clears below this multiple of the expectation. */
  clearFactor: 1.5,
};
type Parameters = typeof defaults;

const PERIOD_MS = 14 * DAY_MS;
const PERIODS = 13;

export const ticketSpike: SignalDefinition<Parameters> = {
  name: 'ticket-spike',
  version: 1,
  title: 'Far more tickets than usual',
  condition:
    'In 14 days at least 4 tickets, at least twice what is expected, and so many that chance brings them less than once in 200 times. The expectation leans on the segment’s rate per active user.',
  clears: 'Fewer than one and a half times what is expected, for a day.',
  baseSeverity: 'medium',
  inputs: ['tickets'],
  needs: 'all',
  waitsOnIncident: true,
  clearAfterHours: 24,
  recommendedAction: 'Look for the one cause behind the tickets and tell the customer what is being done about it.',
  defaults,
  parameters: {
    minTickets: { label: 'Tickets in 14 days, at least', unit: 'tickets', min: 2, max: 1_000, integer: true },
    factor: { label: 'Times what is expected', unit: 'times', min: 1, max: 20 },
    tail: { label: 'By chance less often than', unit: 'probability', min: 0.000_001, max: 0.2 },
    priorTicketsPerUser: {
      label: 'Tickets per user and 14 days where the segment is not known',
      unit: 'tickets',
      min: 0.001,
      max: 5,
    },
    priorShape: { label: 'Weight of the segment’s rate', unit: 'points', min: 0.1, max: 100 },
    clearFactor: { label: 'Clears below, times what is expected', unit: 'times', min: 0.5, max: 20 },
  },
  assess,
};

function assess(standpoint: Standpoint<Parameters>): Verdict {
  const { asOf, today, held, parameters } = standpoint;
  const opened = openedSince(viewOf(standpoint.history, asOf), asOf.at - (PERIODS + 1) * PERIOD_MS).map(
    ({ id, state }) => ({ id, at: state.openedAt }),
  );
  const recent = opened.filter(({ at }) => at > asOf.at - PERIOD_MS);
  const { mean, shape } = expectation(standpoint, opened);
  const n = recent.length;
  const opens =
    n >= parameters.minTickets &&
    n >= parameters.factor * mean &&
    negativeBinomialTail(n, mean, shape) < parameters.tail;
  const holds = held ? n >= parameters.minTickets - 1 && n >= parameters.clearFactor * mean : opens;
  const oldest = Math.min(...recent.map(({ at }) => at));
  return {
    holds,
    since: holds ? (standpoint.since ?? Math.max(...recent.map(({ at }) => at))) : null,
    summary: holds ? `${count(n, 'ticket')} in 14 days` : 'Tickets as usual',
    reason: `${count(n, 'ticket')} in the last 14 days; ${round(mean)} expected.`,
    evidence: [
      evidence('Tickets opened', 'tickets-14d', 'tickets', {
        value: n,
        baseline: mean,
        threshold: Math.max(parameters.minTickets, parameters.factor * mean),
        window: windowOf(today - 13, today, 'last 14 days'),
        ids: recent.map(({ id }) => id),
      }),
    ],
    // Only time lets tickets leave the window; only a new ticket can open it.
    due: holds && n > 0 ? oldest + PERIOD_MS : null,
  };
}

/**
 * Tickets of 14 days as a gamma–Poisson: the segment's rate per active user is the prior, the account's own 26 weeks
 * before the window the data. The predictive distribution is negative binomial.
 */
function expectation(
  standpoint: Standpoint<Parameters>,
  opened: readonly { at: Instant }[],
): { mean: number; shape: number } {
  const { asOf, context, parameters, history } = standpoint;
  const perUser = context.segment?.ticketsPerUser14d ?? parameters.priorTicketsPerUser;
  const prior = Math.max(0.05, perUser * activeUsers(standpoint));
  const end = asOf.at - PERIOD_MS;
  const start = Math.max(end - PERIODS * PERIOD_MS, history.firstSeen, history.inputs.tickets?.since ?? -Infinity);
  const periods = Math.max(0, (end - start) / PERIOD_MS);
  const own = opened.filter(({ at }) => at > start && at <= end).length;
  const shape = parameters.priorShape + own;
  return { mean: shape / (parameters.priorShape / prior + periods), shape };
}

function activeUsers({ history, asOf }: Standpoint<Parameters>): number {
  return Math.max(1, popcount(activeRecently(viewOf(history, asOf), 28)));
}
