/** Settings of one topic. `partitions` never changes inside a topic version, because the key's partition is part of the contract. */
export interface Topic {
  readonly name: string;
  readonly partitions: number;
  readonly cleanup: 'delete' | 'compact';
  /** Milliseconds a record is kept; -1 keeps it for ever. */
  readonly retentionMs: number;
}

const PARTITIONS = 12;
const FOR_EVER = -1;
const SEVEN_DAYS = 7 * 24 * 60 * 60 * 1000;
const THIRTY_FIVE_DAYS = 35 * 24 * 60 * 60 * 1000;

const log = (name: string, retentionMs = FOR_EVER): Topic => ({
  name: `${name}.v1`,
  partitions: PARTITIONS,
  cleanup: 'delete',
  retentionMs,
});

const latestPerKey = (name: string): Topic => ({ ...log(name), cleanup: 'compact' });

/** Every topic of the published language. Input topics first, in the order of the event table, then what the services publish. */
export const topics = {
  usageEvents: log('usage-events', THIRTY_FIVE_DAYS),
  userChanges: log('user-changes'),
  metricReadings: log('metric-readings'),
  ticketEvents: log('ticket-events'),
  stakeholderChanges: log('stakeholder-changes'),
  accountChanges: log('account-changes'),
  contractChanges: log('contract-changes'),
  billingEvents: log('billing-events'),
  surveyResponses: log('survey-responses'),
  touchpointEvents: log('touchpoint-events'),
  incidentEvents: log('incident-events'),
  riskAlerts: log('risk-alerts'),
  healthScores: latestPerKey('health-scores'),
  opportunities: log('opportunities'),
  renewalEvents: log('renewal-events'),
  arrMovements: log('arr-movements'),
  tenantChanges: latestPerKey('tenant-changes'),
  rejectedEvents: log('rejected-events', THIRTY_FIVE_DAYS),
  heldEvents: log('held-events', THIRTY_FIVE_DAYS),
  /** Requests name people, so they leave soon. */
  erasures: { ...log('erasures', SEVEN_DAYS), partitions: 1 },
  erasureReports: { ...log('erasure-reports', THIRTY_FIVE_DAYS), partitions: 1 },
} as const satisfies Record<string, Topic>;

export type TopicName = keyof typeof topics;
