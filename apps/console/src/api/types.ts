/** The REST shapes this console reads. Instants are ISO-8601 UTC, days are 'YYYY-MM-DD', money is in major units. */

export type Band = 'green' | 'yellow' | 'red' | 'onboarding' | 'unknown';
export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';
export type Role = 'admin' | 'leader' | 'csm' | 'viewer';
export type AlertStatus = 'open' | 'acknowledged' | 'snoozed' | 'resolved';
export type Category = 'commit' | 'best-case' | 'at-risk' | 'churn';
export type RenewalStage = 'upcoming' | 'preparing' | 'in-discussion' | 'committed' | 'closed';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface Me {
  person: { id: string; email: string; name: string; role: Role };
  tenant: { id: string; name: string; timeZone: string; currency: string; fiscalYearStart?: string | number | null };
}

export interface Owner {
  email: string;
  name: string;
  id?: string;
}

export interface AccountRow {
  accountId: string;
  name: string;
  segment: string | null;
  stage: string | null;
  arr: number | null;
  currency: string | null;
  arrSource: 'contracts' | 'profile' | null;
  score: number | null;
  band: Band;
  trend: number | null;
  coverage: number | null;
  decisionDate: string | null;
  openAlerts: number;
  worstSeverity: Severity | null;
  owner: Owner | null;
  parentId: string | null;
  kind: string;
}

export interface AccountPage extends Page<AccountRow> {
  total?: number;
  facets?: { segments?: string[]; stages?: string[]; owners?: Owner[] };
}

export interface FieldSource {
  source: string;
  time: string;
}

export interface AccountProfile extends AccountRow {
  domains: string[];
  externalIds: Record<string, string>;
  tags: string[];
  attributes: Record<string, unknown>;
  team: { role: string; email: string; name?: string | null }[];
  timeZone: string | null;
  country: string | null;
  industry: string | null;
  plan: string | null;
  fields: Record<string, FieldSource>;
  children: { accountId: string; name: string; score: number | null; band: Band; arr: number | null }[];
  parent: { accountId: string; name: string } | null;
  mergedInto: string | null;
}

export interface Evidence {
  label: string;
  metric?: string | null;
  value?: number | string | null;
  baseline?: number | string | null;
  threshold?: number | string | null;
  unit?: string | null;
  window?: string | null;
  ids?: string[] | null;
  url?: string | null;
}

export interface Contribution {
  measure: string;
  points: number;
  maxPoints: number;
  value: number | string | null;
  reason: string;
  evidence?: (Evidence | string)[];
}

export interface Health {
  score: number | null;
  band: Band;
  trend: number | null;
  coverage: number | null;
  modelVersion: string;
  asOf: string;
  contributions: Contribution[];
}

export interface UsageDay {
  day: string;
  events: number;
  activeUsers: number;
  features: Record<string, number>;
}

export interface Alert {
  alertId: string;
  version: number;
  status: AlertStatus;
  signal: string;
  severity: Severity;
  severityReason: string | null;
  summary: string;
  conditionSince: string | null;
  openedAt: string;
  updatedAt: string;
  inputAsOf: string | null;
  coverage: number | null;
  preexisting: boolean;
  accountId: string;
  accountName: string | null;
  segment: string | null;
  owner: Owner | null;
  arr: number | null;
  currency: string | null;
  arrAtRisk: number | null;
  decisionDate: string | null;
  daysToDecision: number | null;
  score: number | null;
  scoreBefore: number | null;
  band: Band | null;
  evidence: Evidence[];
  recommendedAction: string | null;
  acknowledgedBy: string | { name?: string | null; email?: string | null } | null;
  snoozedUntil: string | null;
  resolution: { reason: string; by?: string | null; note?: string | null } | null;
}

export interface SignalState {
  signal: string;
  state: 'clear' | 'open' | 'not-assessable' | 'snoozed';
  reason: string | null;
  since?: string | null;
}

export interface Reason {
  alertId: string;
  signal: string;
  severity: Severity;
  sentence: string;
  since: string | null;
}

export interface TodayItem {
  accountId: string;
  name: string;
  arr: number | null;
  currency: string | null;
  score: number | null;
  band: Band;
  trend: number | null;
  decisionDate: string | null;
  daysToDecision: number | null;
  owner: Owner | null;
  rank: number;
  arrAtRisk: number | null;
  reasons: Reason[];
  alertIds: string[];
}

export interface TodayList {
  items: TodayItem[];
  more: number;
  quiet: boolean;
}

export interface Stakeholder {
  stakeholderId: string;
  name: string;
  email: string | null;
  title: string | null;
  roles: string[];
  influence: number | null;
  sentiment: number | null;
  status: 'active' | 'left';
  lastContactAt: string | null;
}

export interface Ticket {
  ticketId: string;
  subject: string | null;
  status: string;
  priority: string;
  kind: string | null;
  openedAt: string;
  solvedAt: string | null;
  csat: number | null;
  sentiment: number | null;
  url: string | null;
  escalated: boolean;
}

export interface TimelineItem {
  id: string;
  at: string;
  kind: string;
  title: string;
  detail: string | null;
  severity?: Severity | null;
  link?: string | null;
}

export interface Note {
  id: string;
  text: string;
  author: { id: string; name: string };
  createdAt: string;
  editedAt: string | null;
}
