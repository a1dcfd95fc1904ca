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

/** Why a score is another one: people did more or less, the clock, what became known late, the model, what people set. */
export type LedgerCause = 'behaviour' | 'time' | 'late-data' | 'model' | 'override';

/** `GET /api/v1/accounts/{id}/ledger?from=&to=`; the parts add up to the difference, and each part's lines to the part. */
export interface LedgerBody {
  from: { asOf: string; score: number | null; modelVersion: string };
  to: { asOf: string; score: number | null; modelVersion: string };
  difference: number;
  parts: { cause: LedgerCause; points: number; lines: { measure: string; points: number; reason: string }[] }[];
}

/** What a CSM thinks of an account, beside its score; it expires. */
export interface PulseBody {
  pulseId: string;
  band: 'green' | 'yellow' | 'red';
  reason: string;
  comment: string | null;
  by: { id: string; name: string };
  at: string;
  expiresAt: string;
  /** Withdrawn, or followed by a newer one. */
  endedAt: string | null;
}

/** A score or band that a person set; it stands in the score as a line of its own until it expires. */
export interface OverrideBody {
  overrideId: string;
  score: number | null;
  band: 'green' | 'yellow' | 'red' | null;
  reason: string;
  by: { name: string };
  at: string;
  expiresAt: string;
}

/** `GET /api/v1/accounts/{id}/pulses` */
export interface PulsesBody {
  current: PulseBody | null;
  override: OverrideBody | null;
  items: PulseBody[];
  nextCursor: null;
}

/** `GET /api/v1/disagreements`: accounts of which a person and the score say different bands. */
export interface DisagreementsBody {
  items: {
    accountId: string;
    name: string | null;
    arr: number | null;
    currency: string | null;
    score: number | null;
    band: Band;
    pulse: PulseBody;
  }[];
  nextCursor: null;
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

/** A kind of input of the tenant's scores (usage, tickets, …): when it last came, and since when it counts as stale. */
export interface InputRow {
  kind: string;
  lastAt: string;
  staleSince: string | null;
}

/** `GET /api/v1/inputs` */
export interface InputsBody {
  items: InputRow[];
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
