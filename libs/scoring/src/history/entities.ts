import type { EpochDay, Instant } from '../time/day';

export interface ProfileState {
  readonly name?: string;
  /** Only customers count in metrics and raise signals; an account nobody classified is taken for a customer. */
  readonly kind?: 'customer' | 'trial' | 'prospect' | 'partner' | 'internal' | 'test';
  readonly segment?: string;
  readonly stage?: string;
  readonly country?: string;
  readonly plan?: string;
  /** What the customer wants to reach (the attribute `goals`). */
  readonly goals?: readonly Goal[];
  /** Who the onboarding waits on, where somebody said so (the attribute `onboardingWaitsOn`). */
  readonly onboardingWaitsOn?: 'us' | 'customer';
  /** Integer minor units of `currency`; used only while the account has no contract. */
  readonly arrMinor?: number;
  readonly currency?: string;
}

/** A result that the customer bought the product for, in their own units; `metric` names the readings of it. */
export interface Goal {
  readonly name: string;
  readonly metric?: string;
  readonly baseline?: number;
  readonly target?: number;
}

/** One reading of a metric. */
export interface MetricState {
  /** The name without the product; the entity's id has both. */
  readonly metric: string;
  readonly value: number;
  readonly limit?: number;
  readonly unit?: string;
}

export type UserKind = 'human' | 'service' | 'internal';

export interface UserState {
  readonly kind: UserKind;
  /** False once the user was deactivated. */
  readonly active: boolean;
  /** Null: the source does not say. */
  readonly licensed: boolean | null;
}

export type TicketStatus = 'new' | 'open' | 'waiting-on-customer' | 'waiting-on-us' | 'on-hold' | 'solved' | 'closed';
export type TicketPriority = 'low' | 'normal' | 'high' | 'urgent';

export interface TicketState {
  readonly status: TicketStatus;
  readonly priority: TicketPriority;
  readonly kind?: 'question' | 'problem' | 'incident' | 'request';
  readonly openedAt: Instant;
  /** Set by the change `escalated`, null again once solved or closed. */
  readonly escalatedAt: Instant | null;
  readonly solvedAt?: Instant;
  readonly firstResponseAt?: Instant;
  readonly reopenCount?: number;
  /** 1–5 */
  readonly csat?: number;
  readonly csatAt?: Instant;
  /** −1…1 */
  readonly sentiment?: number;
  readonly requesterUserId?: string;
  readonly requesterEmail?: string;
  readonly subject?: string;
  readonly tags?: readonly string[];
  readonly url?: string;
}

export interface StakeholderState {
  readonly name: string;
  readonly roles: readonly string[];
  readonly left: boolean;
  readonly userId?: string;
  readonly email?: string;
  /** 0–1 */
  readonly influence?: number;
  /** −1…1 */
  readonly sentiment?: number;
  /** A person looked at the suspicion that they left, and said that they are still there (until it begins anew). */
  readonly confirmedHereAt?: Instant;
}

export interface SurveyState {
  readonly kind: 'nps' | 'csat' | 'ces' | 'custom';
  readonly score: number;
  readonly scale?: { readonly min: number; readonly max: number };
  readonly userId?: string;
  readonly stakeholderId?: string;
  readonly email?: string;
  readonly ticketId?: string;
}

export interface TouchpointState {
  readonly kind: 'meeting' | 'call' | 'email' | 'training' | 'webinar';
  readonly purpose?: 'kickoff' | 'check-in' | 'review' | 'renewal' | 'training' | 'escalation' | 'executive';
  readonly direction?: 'in' | 'out';
  readonly outcome:
    'scheduled' | 'held' | 'missed' | 'cancelled' | 'rescheduled' | 'sent' | 'received' | 'no-reply' | 'bounced';
  readonly startAt: Instant;
  readonly attendees?: readonly Attendee[];
  readonly oneToMany?: boolean;
  /** −1…1 */
  readonly sentiment?: number;
  readonly url?: string;
}

export interface Attendee {
  readonly stakeholderId?: string;
  readonly userId?: string;
  readonly email?: string;
  readonly attended?: boolean;
}

export interface ContractLine {
  readonly lineId: string;
  readonly product?: string;
  readonly kind: 'recurring' | 'usage' | 'one-time';
  /** What `quantity` counts; `seats`, `users` and `licences` count as seats. */
  readonly metric?: string;
  readonly quantity?: number;
  /** Integer minor units of the contract's currency, per year. */
  readonly arrMinor: number;
  readonly start?: EpochDay;
  /** Last day in force. */
  readonly end?: EpochDay;
}

export interface ContractState {
  readonly status: 'draft' | 'active' | 'notice-given' | 'ended' | 'cancelled';
  readonly start: EpochDay;
  /** Last day in force. */
  readonly end: EpochDay;
  readonly currency: string;
  readonly lines: readonly ContractLine[];
  readonly evergreen?: boolean;
  readonly autoRenew?: boolean;
  readonly noticeDays?: number;
  readonly noticeGivenAt?: Instant;
  readonly signedAt?: Instant;
  /** When a cancellation takes effect; default: at once. */
  readonly effectiveDay?: EpochDay;
  readonly replacesContractIds?: readonly string[];
  readonly reason?: string;
}

export interface InvoiceState {
  readonly status: 'open' | 'paid' | 'overdue' | 'failed' | 'void';
  readonly amountMinor: number;
  readonly currency: string;
  readonly dueAt: Instant;
  readonly paidAt?: Instant;
}
