import type { EpochDay, Instant } from '../time/day';
import type { Entity, Timed } from './as-of';
import type {
  ContractState,
  InvoiceState,
  MetricState,
  ProfileState,
  StakeholderState,
  SurveyState,
  TicketState,
  TouchpointState,
  UserState,
} from './entities';
import type { Inputs } from './inputs';
import type { UsageDays } from './usage-days';

/** A user of the account: `ordinal` is the bit in the usage bitmaps, fixed for ever per account. */
export interface AccountUser extends Entity<UserState> {
  readonly ordinal: number;
}

/** A feature is a group of event names; the mapping is applied at read time, so changing it changes the past too. */
export interface KeyFeature {
  readonly feature: string;
  readonly names: readonly string[];
}

/** Event names of the tenant's product that mean something to every product; empty or absent: nobody said so. */
export interface EventMarks {
  /** A sign-in. */
  readonly signIn: readonly string[];
  /** First value: the first one ends the way to it. */
  readonly value: readonly string[];
}

/**
 * Everything features and signals need of one account. Each array is replaced, not mutated, when something changes
 * (derived look-ups are cached by its identity); only `usage` is updated in place.
 */
export interface AccountHistory {
  readonly accountId: string;
  /** IANA name; all days below are in it. */
  readonly timeZone: string;
  /** Holidays of the account's country. */
  readonly holidays: ReadonlySet<EpochDay>;
  /** First sign of the account (created, first event or first contract), for age and onboarding. */
  readonly firstSeen: Instant;
  readonly usage: UsageDays;
  readonly keyFeatures: readonly KeyFeature[];
  readonly users: readonly AccountUser[];
  readonly profile: readonly Timed<ProfileState>[];
  readonly tickets: readonly Entity<TicketState>[];
  readonly stakeholders: readonly Entity<StakeholderState>[];
  readonly surveys: readonly Entity<SurveyState>[];
  readonly touchpoints: readonly Entity<TouchpointState>[];
  readonly contracts: readonly Entity<ContractState>[];
  readonly invoices: readonly Entity<InvoiceState>[];
  /** Readings of metrics, one entity per metric; absent: none. */
  readonly metrics?: readonly Entity<MetricState>[];
  /** Absent: the tenant marked none. */
  readonly marks?: EventMarks;
  /** Of the tenant: what is connected and fresh. */
  readonly inputs: Inputs;
}
