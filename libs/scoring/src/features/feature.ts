/** Every feature there is; a model's measures, caps and the prior name these. `null` = missing, never zero. */
export const FEATURE_NAMES = [
  'active-users-28d',
  'seats',
  'seat-utilisation',
  'key-features-used',
  'key-feature-breadth',
  'active-users-14d',
  'usage-change-fast',
  'usage-change-slow',
  'days-since-usage',
  'top-user-share',
  'tickets-open',
  'ticket-backlog',
  'tickets-escalated',
  'live-contacts',
  'champions',
  'champions-left',
  'days-since-contact',
  'nps',
  'ticket-csat',
  'touchpoint-sentiment',
  'invoices-overdue',
  'account-age-days',
  'days-to-decision',
  'notice-given',
  'active-users-4w',
  'active-users-13w',
  'active-users-26w',
  'usage-slope-4w',
  'usage-slope-13w',
  'usage-slope-26w',
  'seat-assignment',
  'champion-silent-days',
  'executives',
  'executives-left',
  'executive-silent-days',
  'meetings-missed',
  'tickets-late',
  'tickets-severe',
  'oldest-ticket-age',
  'tickets-reopened',
  'tickets-escalated-90d',
  'first-response-hours',
  'sentiment-trend',
  'nps-missing',
  'onboarding-milestones',
  'onboarding-days-late',
  'tenure-days',
  'price-change',
  'payment-days-late',
  'freshness-usage',
  'freshness-users',
  'freshness-tickets',
  'freshness-stakeholders',
  'freshness-surveys',
  'freshness-touchpoints',
  'freshness-contracts',
  'freshness-invoices',
  'freshness-metrics',
  'key-feature-depth',
  'ticket-sentiment',
  'ticket-resolution-days',
] as const;
export type FeatureName = (typeof FEATURE_NAMES)[number];

export type Unit =
  | 'users'
  | 'share'
  | 'features'
  | 'days'
  | 'tickets'
  | 'people'
  | 'points'
  | 'invoices'
  | 'events'
  | 'business days'
  | 'hours'
  | 'meetings'
  | 'milestones'
  | 'seats'
  | 'money'
  | 'units';

/** The days a number is about, in words a person reads and in days a chart draws. Dates are ISO, both included. */
export interface Window {
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/** One number behind a statement, with what it was compared with. */
export interface EvidenceLine {
  readonly label: string;
  readonly value: number | null;
  readonly unit: Unit;
  readonly window: Window | null;
  readonly ids: readonly string[];
}

export interface Feature {
  readonly value: number | null;
  /** Kind, exact, with numbers: "Active users fell from 22 to 14 in the last 14 days". For a missing value: why it is missing. */
  readonly reason: string;
  readonly evidence: readonly EvidenceLine[];
}

/** What `features` returns: every feature, and what picks the model's variant. */
export interface Features {
  /** ISO day in the account's time zone. */
  readonly asOf: string;
  readonly segment: string | null;
  readonly stage: string | null;
  readonly values: Readonly<Record<FeatureName, Feature>>;
}
