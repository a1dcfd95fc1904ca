import type { ChurnTerm } from './churn-model';

/** About 11 % do not renew: the middle of published B2B rates. */
export const PRIOR_BASE = -2.1;

/**
 * What experts would say before any outcome is known, in the order of what the studies found to matter: level and slope of
 * use, the champion, support, payment, sentiment. Log-odds near zero for a usual account. They are the prior means of the
 * fit, so that a cold start works and data move them.
 */
export const CHURN_TERMS: readonly ChurnTerm[] = [
  term('seat-utilisation', [0, 0.2, 0.4, 0.6, 0.8, 1], [1, 0.63, 0.27, -0.09, -0.45, -0.8]),
  term('usage-change-fast', [-0.7, -0.45, -0.25, -0.1, 0, 0.25], [1, 0.68, 0.38, 0.15, 0, -0.35]),
  term('usage-change-slow', [-0.7, -0.45, -0.25, -0.1, 0, 0.25], [1.2, 0.9, 0.5, 0.2, 0, -0.5]),
  term('days-since-usage', [0, 3, 7, 14, 30], [-0.1, 0, 0.2, 0.55, 1.2]),
  term('key-feature-breadth', [0, 0.25, 0.5, 0.75, 1], [0.3, 0.15, 0, -0.1, -0.2]),
  term('key-feature-depth', [0.1, 0.25, 0.4, 0.55, 0.75], [0.5, 0.25, 0, -0.2, -0.4]),
  term('top-user-share', [0.1, 0.3, 0.6], [-0.05, 0, 0.2]),
  term('champions-left', [0, 1], [0, 1.1]),
  term('champions', [0, 1], [0.15, -0.05]),
  term('live-contacts', [0, 1, 2, 4], [0.5, 0.25, 0, -0.5]),
  term('days-since-contact', [7, 30, 60, 120], [-0.1, 0, 0.15, 0.4]),
  term('ticket-backlog', [0, 1, 3, 6, 10], [0, 0.1, 0.3, 0.6, 0.7]),
  term('tickets-escalated', [0, 1], [0, 0.5]),
  term('ticket-sentiment', [-0.7, -0.35, 0, 0.3], [0.5, 0.3, 0, -0.2]),
  term('ticket-resolution-days', [1, 3, 7, 14], [-0.1, 0, 0.2, 0.4]),
  term('ticket-csat', [1, 2.5, 4, 5], [0.5, 0.3, 0, -0.15]),
  term('nps', [0, 5, 7.5, 9, 10], [0.7, 0.3, 0, -0.18, -0.3]),
  term('touchpoint-sentiment', [-0.6, -0.2, 0.1, 0.5], [0.5, 0.25, 0, -0.25]),
  term('meetings-missed', [0, 1, 3], [-0.05, 0.1, 0.4]),
  term('invoices-overdue', [0, 1, 2], [0, 0.4, 0.7]),
];

function term(metric: ChurnTerm['metric'], knots: readonly number[], prior: readonly number[]): ChurnTerm {
  return { name: metric, metric, knots, prior };
}

/** What a contract adds before any outcome is known. */
export const PRIOR_AUTO_RENEW = -0.4;
