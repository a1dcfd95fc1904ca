import type { AlertSignal, Severity } from '../vocabulary';
import type { Page } from './page';

export type DestinationKind = 'webhook' | 'slack' | 'email';

/** `POST /api/v1/destinations`; webhook and slack need `url`, email needs `to`. */
export interface DestinationRequest {
  name: string;
  kind: DestinationKind;
  url?: string;
  to?: string;
  signals?: AlertSignal[];
  minSeverity?: Severity;
  events?: 'risk-alert'[];
  ownerOnly?: boolean;
}

export interface DestinationRow {
  id: string;
  name: string;
  kind: DestinationKind;
  state: 'active' | 'paused' | 'disabled';
  url: string | null;
  to: string | null;
  signals: AlertSignal[] | null;
  minSeverity: Severity | null;
  ownerOnly: boolean;
  createdAt: string;
  /** Of a webhook, shown once when it is made. */
  secret?: string;
}

/** `GET /api/v1/destinations` */
export interface DestinationsBody {
  items: DestinationRow[];
}

export interface DeliveryAttempt {
  at: string;
  status: number | null;
  detail: string | null;
  ms: number;
}

export interface DeliveryRow {
  id: string;
  destinationId: string;
  eventId: string;
  type: string;
  status: 'pending' | 'delivered' | 'failed' | 'exhausted';
  attempts: DeliveryAttempt[];
  nextAttemptAt: string | null;
}

/** `GET /api/v1/deliveries` */
export type DeliveriesBody = Page<DeliveryRow>;

/** `GET /api/v1/digest` and `PUT`: of the person who asks. `hour` is 0 to 23 in `timeZone`. */
export interface DigestBody {
  enabled: boolean;
  hour: number;
  email: string;
  timeZone: string;
}
