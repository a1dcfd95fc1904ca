import { Type, type Static } from 'typebox';
import { defineEvent } from '../event-definition';
import { currency, day, id, instant, line, money, nullable, oneOf, person, prose, url, version } from '../fields';
import { topics } from '../topics';
import { opportunityKinds } from '../vocabulary';
import { evidence } from './evidence';

/** A chance with an account, whole after every change. What is not known is null. */
const opportunity = Type.Object({
  opportunityId: id,
  version,
  change: oneOf(['opened', 'changed', 'closed']),
  /** `parked`: held back until after the signature. */
  status: oneOf(['open', 'parked', 'closed']),
  kind: oneOf(opportunityKinds),
  summary: prose,
  /** The higher the sooner; compares only inside a tenant. */
  priority: nullable(Type.Number()),
  accountId: id,
  accountName: nullable(line),
  segment: nullable(line),
  owner: nullable(person),
  arr: nullable(money),
  /** What it may bring, a year. */
  arrPotential: nullable(money),
  currency: nullable(currency),
  decisionDate: nullable(day),
  daysToDecision: nullable(Type.Integer()),
  evidence: Type.Array(evidence, { maxItems: 100 }),
  recommendedAction: nullable(prose),
  openedAt: instant,
  updatedAt: instant,
  parkedUntil: nullable(day),
  closedReason: nullable(line),
  url: nullable(url),
});
export type Opportunity = Static<typeof opportunity>;

const opportunityEvent = (change: Opportunity['change']) =>
  defineEvent({ type: `tenure.opportunity.${change}.v1`, topic: topics.opportunities, schema: opportunity });

export const opportunityOpened = opportunityEvent('opened');
export const opportunityChanged = opportunityEvent('changed');
export const opportunityClosed = opportunityEvent('closed');
