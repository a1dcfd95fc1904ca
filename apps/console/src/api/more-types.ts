/** Shapes of renewals, reports and settings; see types.ts for the conventions. */
import type { Band, Category, Owner, Page, RenewalStage, Role, Severity } from './types';

export interface Renewal {
  renewalId: string;
  accountId: string;
  accountName: string | null;
  segment: string | null;
  owner: Owner | string | null;
  decisionDate: string;
  endDate: string;
  noticeDays: number | null;
  autoRenew: boolean | null;
  stage: RenewalStage;
  category: Category;
  amounts: {
    due: number;
    flat: number | null;
    uplift: number | null;
    downsell: number | null;
    expected: number | null;
  };
  currency: string;
  probability: number | null;
  probabilityBy: 'model' | 'csm' | 'manager';
  probabilityBasis: string | null;
  why: string | null;
  overdue: boolean;
}

export interface RenewalMonth {
  month: string;
  currency: string;
  due: number;
  expected: number;
  count: number;
  byCategory: Partial<Record<Category, { arr: number; count: number }>>;
  items: string[];
}

export interface BandTotals {
  band: Band;
  accounts: number;
  arr: number;
}

export interface HealthDistribution {
  asOf: string;
  compareTo: string;
  currency: string;
  bands: BandTotals[];
  flow: { from: Band; to: Band; accounts: number; arr: number }[];
  series: { day: string; bands: Partial<Record<Band, { accounts: number; arr: number }>> }[];
}

export interface RetentionFigures {
  startingArr: number;
  expansion: number;
  contraction: number;
  churn: number;
  nrr: number | null;
  grr: number | null;
  n?: number;
}

export interface Retention extends RetentionFigures {
  from: string;
  to: string;
  currency: string;
  logoChurn: { lost: number; start: number; rate: number | null };
  months: { month: string; nrr: number | null; grr: number | null }[];
  groups: (RetentionFigures & { group: string })[];
  excludedCurrencies?: string[];
}

export interface Movement {
  movementId: string;
  accountId?: string;
  accountName?: string | null;
  date: string;
  kind: string;
  product: string | null;
  contractId: string | null;
  amount: number;
  currency: string;
  arrAfter: number | null;
  reason: string | null;
}

export interface Source {
  id: string;
  name: string;
  kind: 'segment' | 'cloudevents' | 'webhook' | 'csv';
  mode: 'live' | 'import';
  state: 'active' | 'paused' | 'revoked' | 'closed';
  keyPrefix: string | null;
  createdAt: string;
  lastUsedAt: string | null;
}

export interface Rejects extends Page<{
  id: string;
  receivedAt: string;
  code: string;
  pointer: string | null;
  detail: string;
  body: unknown;
}> {
  groups: { code: string; count: number }[];
}

export interface HeldGroup {
  id: string;
  receivedAt: string;
  type: string;
  reference: { accountRef?: { system: string; id: string }; accountDomain?: string; userId?: string };
  count: number;
  suggestions: { accountId: string; name: string; why: string }[];
}

export interface Destination {
  id: string;
  name: string;
  kind: 'webhook' | 'slack' | 'email';
  state: 'active' | 'paused' | 'disabled';
  url?: string | null;
  to?: string | null;
  secret?: string | null;
  minSeverity?: Severity | null;
  ownerOnly?: boolean | null;
}

export interface Delivery {
  id: string;
  destinationId: string;
  eventId: string;
  type: string;
  status: 'pending' | 'delivered' | 'failed' | 'exhausted';
  attempts: { at: string; status: number | null; detail: string | null; ms: number | null }[];
  nextAttemptAt: string | null;
}

export interface Digest {
  enabled: boolean;
  hour: number;
  email: string;
  timeZone: string;
}

export interface Person {
  id: string;
  email: string;
  name: string;
  role: Role;
  active: boolean;
}

export interface ApiKey {
  id: string;
  name: string;
  role: Role;
  prefix: string;
  createdAt?: string | null;
  lastUsedAt?: string | null;
}
