import type { ArrMoved } from '../events/arr-movement';
import type { Renewal } from '../events/renewal';
import type { RenewalCategory, RenewalStage } from '../vocabulary';
import type { ArrSource } from './account';
import type { Page } from './page';

/** A row of `GET /api/v1/renewals`. */
export type RenewalRow = Omit<Renewal, 'change' | 'version'>;

export type RenewalsBody = Page<RenewalRow>;

/** One kept change of a renewal. */
export interface RenewalHistoryItem {
  at: string;
  by: string;
  why: string | null;
  before: Partial<RenewalRow>;
  after: Partial<RenewalRow>;
}

/** `GET /api/v1/renewals/{id}` */
export interface RenewalBody extends RenewalRow {
  history: RenewalHistoryItem[];
}

/** `POST /api/v1/renewals/{id}/call` */
export interface RenewalCallRequest {
  category?: RenewalCategory;
  stage?: RenewalStage;
  /** Major units of the renewal's currency. */
  amount?: number;
  /** 0 to 1. */
  probability?: number;
  why: string;
}

export interface RenewalMonth {
  /** YYYY-MM */
  month: string;
  currency: string;
  due: number;
  expected: number;
  count: number;
  byCategory: Record<RenewalCategory, { arr: number; count: number }>;
  /** Renewal ids. */
  items: string[];
}

/** `GET /api/v1/renewals/calendar?from=&to=` */
export interface RenewalCalendarBody {
  months: RenewalMonth[];
}

/** `GET /api/v1/accounts/{id}/arr` */
export interface ArrBody {
  arr: number | null;
  currency: string | null;
  source: ArrSource | null;
  movements: Omit<ArrMoved, 'accountId' | 'version'>[];
}
