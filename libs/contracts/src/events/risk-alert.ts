import { Type, type Static } from 'typebox';
import { defineEvent } from '../event-definition';
import {
  currency,
  day,
  id,
  ids,
  idsBySystem,
  instant,
  line,
  money,
  nullable,
  oneOf,
  person,
  prose,
  score,
  share,
  tags,
  url,
  version,
} from '../fields';
import { topics } from '../topics';
import {
  alertChanges,
  alertSignals,
  alertStatuses,
  bands,
  resolutionReasons,
  severities,
  type AlertChange,
} from '../vocabulary';
import { evidence } from './evidence';

const resolution = Type.Object({ reason: oneOf(resolutionReasons), by: nullable(person), note: nullable(prose) });

/** The risk alert, whole after every change. What is not known is null; nothing is left out. */
const riskAlert = Type.Object({
  alertId: id,
  version,
  change: oneOf(alertChanges),
  status: oneOf(alertStatuses),
  signal: oneOf(alertSignals),
  signalVersion: Type.Integer({ minimum: 1 }),
  severity: oneOf(severities),
  severityReason: line,
  summary: prose,
  /** Since when the condition holds, in event time. */
  conditionSince: instant,
  openedAt: instant,
  updatedAt: instant,
  /** The latest event time that the judgement has seen. */
  inputAsOf: instant,
  /** Share of the model's weight that has data, 0 to 1. */
  coverage: nullable(share),
  /** The condition was already true at go-live or when an import was closed. */
  preexisting: Type.Boolean(),
  /** Sent by a person who tries a destination out. */
  test: Type.Boolean(),
  accountId: id,
  accountName: nullable(line),
  externalIds: idsBySystem,
  parentId: nullable(id),
  segment: nullable(line),
  stage: nullable(line),
  owner: nullable(person),
  tags,
  arr: nullable(money),
  currency: nullable(currency),
  arrAtRisk: nullable(money),
  decisionDate: nullable(day),
  daysToDecision: nullable(Type.Integer()),
  score: nullable(score),
  scoreBefore: nullable(score),
  band: nullable(oneOf(bands)),
  bandBefore: nullable(oneOf(bands)),
  modelVersion: nullable(line),
  evidence: Type.Array(evidence, { maxItems: 100 }),
  causeId: nullable(id),
  relatedAlertIds: ids,
  recommendedAction: nullable(prose),
  /** The alert's page in the console. */
  url: nullable(url),
  acknowledgedBy: nullable(person),
  /** Null on a snoozed alert: until it gets worse. */
  snoozedUntil: nullable(instant),
  resolution: nullable(resolution),
});
export type RiskAlert = Static<typeof riskAlert>;
export type Person = Static<typeof person>;

const alertEvent = <C extends AlertChange>(change: C) =>
  defineEvent({ type: `tenure.risk-alert.${change}.v1`, topic: topics.riskAlerts, schema: riskAlert });

export const riskAlertOpened = alertEvent('opened');
export const riskAlertEscalated = alertEvent('escalated');
export const riskAlertDeEscalated = alertEvent('de-escalated');
export const riskAlertAcknowledged = alertEvent('acknowledged');
export const riskAlertSnoozed = alertEvent('snoozed');
export const riskAlertResolved = alertEvent('resolved');
export const riskAlertReassigned = alertEvent('reassigned');

/** The event of each change of an alert: `riskAlertEvents[alert.change]`. */
export const riskAlertEvents = {
  opened: riskAlertOpened,
  escalated: riskAlertEscalated,
  'de-escalated': riskAlertDeEscalated,
  acknowledged: riskAlertAcknowledged,
  snoozed: riskAlertSnoozed,
  resolved: riskAlertResolved,
  reassigned: riskAlertReassigned,
} as const satisfies Record<AlertChange, unknown>;
