import type { AlertSignal, Band, Severity } from '../vocabulary';
import type { OwnerRef } from './page';

export interface TodayReason {
  alertId: string;
  signal: AlertSignal;
  severity: Severity;
  sentence: string;
  since: string;
}

export interface TodayItem {
  accountId: string;
  name: string | null;
  arr: number | null;
  currency: string | null;
  score: number | null;
  band: Band;
  trend: number | null;
  decisionDate: string | null;
  daysToDecision: number | null;
  owner: OwnerRef | null;
  rank: number;
  arrAtRisk: number | null;
  reasons: TodayReason[];
  alertIds: string[];
}

/** `GET /api/v1/today?owner=me|all`: at most ten, `more` is how many are left out. */
export interface TodayBody {
  items: TodayItem[];
  more: number;
  quiet: boolean;
}

export interface BandTotal {
  accounts: number;
  arr: number;
}

/** `GET /api/v1/reports/health-distribution?asOf=&compare=` */
export interface HealthDistributionBody {
  asOf: string;
  compareTo: string | null;
  currency: string;
  bands: (BandTotal & { band: Band })[];
  flow: (BandTotal & { from: Band; to: Band })[];
  series: { day: string; bands: Record<Band, BandTotal> }[];
  /** Currencies whose accounts are counted, but whose ARR is not in the amounts. */
  excludedCurrencies?: string[];
}

/** Revenue figures of one period. Rates are shares (1 is 100 %), null where nothing was due. */
export interface RetentionFigures {
  startingArr: number;
  expansion: number;
  contraction: number;
  churn: number;
  nrr: number | null;
  grr: number | null;
  logoChurn: { lost: number; start: number; rate: number | null };
  /** How many accounts the figures rest on. */
  n: number;
}

/** `GET /api/v1/reports/retention?from=&to=&by=segment|owner`; the period is half-open. */
export interface RetentionBody extends RetentionFigures {
  from: string;
  to: string;
  currency: string;
  months: (RetentionFigures & { month: string })[];
  groups: (RetentionFigures & { key: string | null })[];
  /** Currencies without a rate, whose accounts are not in the figures. */
  excludedCurrencies?: string[];
  fx: Record<string, number>;
}

/** A `change` event of `GET /api/v1/live`. */
export interface LiveChange {
  accountId: string;
  what: ('score' | 'alerts' | 'profile' | 'timeline')[];
}
