import type { ContractTerms } from '../contracts/terms';
import type { FeatureName, Features } from '../features/feature';
import type { ChurnProbability, ProbabilityPart } from './churn';

interface Prior {
  readonly name: string;
  readonly metric: FeatureName;
  /** Log-odds of a value; near zero for a usual account. */
  readonly effect: (value: number) => number;
}

/** About 11 % do not renew: the middle of published B2B rates. */
const BASE_LOG_ODDS = -2.1;

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));

/**
 * Experts' weights for a cold start, in the order of what the studies found to matter: level and slope of use, the
 * champion, support, payment, sentiment. They become the prior means of the fitted model.
 */
const PRIORS: readonly Prior[] = [
  { name: 'seat-utilisation', metric: 'seat-utilisation', effect: (v) => clamp(1.8 * (0.55 - v), -0.8, 1) },
  { name: 'usage-change-fast', metric: 'usage-change-fast', effect: (v) => clamp(-1.5 * v, -0.4, 1) },
  { name: 'usage-change-slow', metric: 'usage-change-slow', effect: (v) => clamp(-2 * v, -0.5, 1.2) },
  { name: 'days-since-usage', metric: 'days-since-usage', effect: (v) => clamp(0.05 * (v - 3), -0.1, 1.2) },
  { name: 'key-feature-breadth', metric: 'key-feature-breadth', effect: (v) => clamp(0.8 * (0.5 - v), -0.4, 0.4) },
  { name: 'champions-left', metric: 'champions-left', effect: (v) => (v > 0 ? 1.1 : 0) },
  { name: 'live-contacts', metric: 'live-contacts', effect: (v) => clamp(0.25 * (2 - v), -0.5, 0.5) },
  { name: 'ticket-backlog', metric: 'ticket-backlog', effect: (v) => clamp(0.1 * v, 0, 0.6) },
  { name: 'tickets-escalated', metric: 'tickets-escalated', effect: (v) => (v > 0 ? 0.5 : 0) },
  { name: 'nps', metric: 'nps', effect: (v) => clamp(0.12 * (7.5 - v), -0.3, 0.7) },
  { name: 'invoices-overdue', metric: 'invoices-overdue', effect: (v) => clamp(0.4 * v, 0, 0.8) },
];

/** P(no renewal at the decision date), additive in log-odds from experts' priors; cold start, labelled so. */
export function priorChurnProbability(features: Features, terms: ContractTerms): ChurnProbability {
  const parts: ProbabilityPart[] = [
    { name: 'base', logOdds: BASE_LOG_ODDS, reason: 'About one in nine B2B contracts is not renewed (prior).' },
    ...PRIORS.flatMap((prior) => partOf(prior, features)),
    ...termParts(terms),
  ];
  const logOdds = parts.reduce((sum, part) => sum + part.logOdds, 0);
  return { probability: 1 / (1 + Math.exp(-logOdds)), logOdds, basis: 'prior', parts };
}

function partOf({ name, metric, effect }: Prior, features: Features): ProbabilityPart[] {
  const { value, reason } = features.values[metric];
  return value === null ? [] : [{ name, logOdds: effect(value), reason }];
}

function termParts(terms: ContractTerms): ProbabilityPart[] {
  if (terms.notice) return [{ name: 'notice-given', logOdds: 4.5, reason: 'Notice of non-renewal has been given.' }];
  if (terms.overdue.length > 0)
    return [{ name: 'overdue', logOdds: 1, reason: 'The contract has ended and is not signed again.' }];
  return terms.autoRenew ? [{ name: 'auto-renew', logOdds: -0.4, reason: 'The contract renews by itself.' }] : [];
}
