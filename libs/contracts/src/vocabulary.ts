/*
 * The closed lists of the field's own words. Segments, team roles and stakeholder roles are words of the tenant, so the
 * lists of those are suggestions and are not enforced by a schema.
 */

export const severities = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

export const bands = ['green', 'yellow', 'red', 'onboarding', 'unknown'] as const;
export type Band = (typeof bands)[number];

export const alertSignals = [
  'usage-decline',
  'login-decline',
  'key-feature-drop',
  'low-adoption',
  'silence',
  'champion-left',
  'stakeholder-change',
  'single-threaded',
  'engagement-drop',
  'ticket-spike',
  'ticket-ageing',
  'escalation-open',
  'negative-sentiment',
  'onboarding-stalled',
  'goal-change',
  'renewal-unprepared',
  'renewal-talk-missed',
  'notice-given',
  'payment-overdue',
  'downgrade',
  'seat-shelfware',
] as const;
export type AlertSignal = (typeof alertSignals)[number];

/** Marks that stand for as long as they are so: published and shown, but no news that anybody is told of. */
export const standingSignals: readonly AlertSignal[] = ['single-threaded'];

export const alertChanges = [
  'opened',
  'escalated',
  'de-escalated',
  'acknowledged',
  'snoozed',
  'resolved',
  'reassigned',
] as const;
export type AlertChange = (typeof alertChanges)[number];

export const alertStatuses = ['open', 'acknowledged', 'snoozed', 'resolved'] as const;
export type AlertStatus = (typeof alertStatuses)[number];

export const resolutionReasons = ['cleared', 'manual', 'false-alarm', 'superseded', 'input-stale'] as const;
export type ResolutionReason = (typeof resolutionReasons)[number];

export const alertFeedbacks = ['useful', 'not-useful', 'too-early'] as const;
export type AlertFeedback = (typeof alertFeedbacks)[number];

export const signalStates = ['clear', 'open', 'not-assessable', 'snoozed'] as const;
export type SignalState = (typeof signalStates)[number];

export const accountKinds = ['customer', 'trial', 'prospect', 'partner', 'internal', 'test'] as const;
export type AccountKind = (typeof accountKinds)[number];

export const accountStages = [
  'handoff',
  'onboarding',
  'adoption',
  'value',
  'growth',
  'notice-given',
  'churned',
  'win-back',
] as const;
export type AccountStage = (typeof accountStages)[number];

export const ticketChanges = ['opened', 'updated', 'escalated', 'solved', 'reopened', 'closed'] as const;
export type TicketChange = (typeof ticketChanges)[number];

export const ticketStatuses = [
  'new',
  'open',
  'waiting-on-customer',
  'waiting-on-us',
  'on-hold',
  'solved',
  'closed',
] as const;
export type TicketStatus = (typeof ticketStatuses)[number];

export const ticketPriorities = ['low', 'normal', 'high', 'urgent'] as const;
export type TicketPriority = (typeof ticketPriorities)[number];

export const ticketKinds = ['question', 'problem', 'incident', 'request'] as const;
export type TicketKind = (typeof ticketKinds)[number];

export const stakeholderChanges = ['added', 'updated', 'left', 'returned'] as const;
export type StakeholderChange = (typeof stakeholderChanges)[number];

/** Suggested words: a tenant may use others. */
export const stakeholderRoles = [
  'champion',
  'economic-buyer',
  'decision-maker',
  'executive-sponsor',
  'power-user',
  'admin',
  'procurement',
  'technical',
  'skeptic',
  'detractor',
] as const;

/** Suggested words for the people who own an account: a tenant may use others. `csm` is the one that alerts go to. */
export const teamRoles = ['csm', 'backup', 'account-manager', 'renewal-manager', 'sponsor', 'pool'] as const;

export const userKinds = ['human', 'service', 'internal'] as const;
export type UserKind = (typeof userKinds)[number];

export const actorTypes = ['human', 'service', 'internal', 'impersonated'] as const;
export type ActorType = (typeof actorTypes)[number];

export const environments = ['production', 'sandbox'] as const;
export type UsageEnvironment = (typeof environments)[number];

export const contractStatuses = ['draft', 'active', 'notice-given', 'ended', 'cancelled'] as const;
export type ContractStatus = (typeof contractStatuses)[number];

export const contractLineKinds = ['recurring', 'usage', 'one-time'] as const;
export type ContractLineKind = (typeof contractLineKinds)[number];

export const invoiceStatuses = ['open', 'paid', 'overdue', 'failed', 'void'] as const;
export type InvoiceStatus = (typeof invoiceStatuses)[number];

export const surveyKinds = ['nps', 'csat', 'ces', 'custom'] as const;
export type SurveyKind = (typeof surveyKinds)[number];

export const touchpointKinds = ['meeting', 'call', 'email', 'training', 'webinar'] as const;
export type TouchpointKind = (typeof touchpointKinds)[number];

export const touchpointPurposes = [
  'kickoff',
  'check-in',
  'review',
  'renewal',
  'training',
  'escalation',
  'executive',
] as const;
export type TouchpointPurpose = (typeof touchpointPurposes)[number];

export const touchpointOutcomes = [
  'scheduled',
  'held',
  'missed',
  'cancelled',
  'rescheduled',
  'sent',
  'received',
  'no-reply',
  'bounced',
] as const;
export type TouchpointOutcome = (typeof touchpointOutcomes)[number];

export const incidentStatuses = ['open', 'resolved'] as const;
export type IncidentStatus = (typeof incidentStatuses)[number];

export const opportunityKinds = ['expansion-ready', 'advocate-ready'] as const;
export type OpportunityKind = (typeof opportunityKinds)[number];

export const renewalStages = ['upcoming', 'preparing', 'in-discussion', 'committed', 'closed'] as const;
export type RenewalStage = (typeof renewalStages)[number];

export const renewalCategories = ['commit', 'best-case', 'at-risk', 'churn'] as const;
export type RenewalCategory = (typeof renewalCategories)[number];

export const forecasters = ['model', 'csm', 'manager'] as const;
export type Forecaster = (typeof forecasters)[number];

export const movementKinds = [
  'new',
  'expansion-seats',
  'expansion-tier',
  'expansion-product',
  'expansion-price',
  'contraction',
  'churn',
  'reactivation',
  'correction',
] as const;
export type MovementKind = (typeof movementKinds)[number];

export const sourceKinds = ['segment', 'cloudevents', 'posthog', 'webhook', 'csv'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** Who sends the webhooks of a source of kind webhook. `standard`: anything that signs by Standard Webhooks. */
export const webhookVendors = [
  'zendesk',
  'intercom',
  'jira',
  'freshdesk',
  'salesforce',
  'hubspot',
  'formbricks',
  'typeform',
  'delighted',
  'surveymonkey',
  'stripe',
  'standard',
] as const;
export type WebhookVendor = (typeof webhookVendors)[number];

export const sourceModes = ['live', 'import'] as const;
export type SourceMode = (typeof sourceModes)[number];

export const sourceStates = ['active', 'paused', 'revoked', 'closed'] as const;
export type SourceState = (typeof sourceStates)[number];

/** What a person of the tenant may do, most first. */
export const roles = ['admin', 'leader', 'csm', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** Whose data is removed. */
export const erasureKinds = ['person', 'account'] as const;
export type ErasureKind = (typeof erasureKinds)[number];

/** What a person is known by: ids as they are, e-mail addresses and names in any case. */
export const erasureIdentifierKinds = ['user', 'stakeholder', 'email', 'name', 'other'] as const;
export type ErasureIdentifierKind = (typeof erasureIdentifierKinds)[number];
