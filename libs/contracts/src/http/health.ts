import type { HealthScoreChanged } from '../events/health-score';
import type { RiskAlert } from '../events/risk-alert';
import type { AlertFeedback, AlertSignal, Band, SignalState } from '../vocabulary';
import type { Page } from './page';

/** `GET /api/v1/accounts/{id}/health`; contributions add up to score. */
export type HealthBody = Omit<HealthScoreChanged, 'accountId' | 'version'>;

/** `GET /api/v1/accounts/{id}/health/history` */
export interface HealthHistoryBody {
  items: { day: string; score: number | null; band: Band; coverage: number; modelVersion: string }[];
}

/** One day of usage in the account's time zone; `features` counts events by feature. */
export interface UsageDay {
  day: string;
  events: number;
  activeUsers: number;
  features: Record<string, number>;
}

/** `GET /api/v1/accounts/{id}/usage?from=&to=` */
export interface UsageBody {
  days: UsageDay[];
}

/** `GET /api/v1/alerts` */
export type AlertsBody = Page<RiskAlert>;

/** `POST /api/v1/alerts/{id}/acknowledge` */
export interface AcknowledgeRequest {
  note?: string;
}

/** `POST /api/v1/alerts/{id}/snooze`: to an instant, or until it gets worse. */
export interface SnoozeRequest {
  until?: string;
  untilWorse?: boolean;
  note?: string;
}

/** `POST /api/v1/alerts/{id}/resolve` */
export interface ResolveRequest {
  reason: 'manual' | 'false-alarm';
  note?: string;
}

/** `POST /api/v1/alerts/{id}/feedback` */
export interface FeedbackRequest {
  useful: AlertFeedback;
  note?: string;
}

/** `GET /api/v1/accounts/{id}/signals` */
export interface SignalRow {
  signal: AlertSignal;
  state: SignalState;
  reason: string | null;
  since?: string | null;
}

export interface SignalsBody {
  items: SignalRow[];
}
