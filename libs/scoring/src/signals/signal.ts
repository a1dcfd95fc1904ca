import type { AccountHistory } from '../history/account-history';
import type { AsOf } from '../history/as-of';
import type { InputKind } from '../history/inputs';
import type { Unit, Window } from '../features/feature';
import type { EpochDay, Instant } from '../time/day';

export const SIGNAL_NAMES = [
  'usage-decline',
  'login-decline',
  'key-feature-drop',
  'low-adoption',
  'silence',
  'champion-left',
  'stakeholder-change',
  'single-threaded',
  'engagement-drop',
  'ticket-spike',
  'ticket-ageing',
  'escalation-open',
  'negative-sentiment',
  'onboarding-stalled',
  'goal-change',
  'renewal-unprepared',
  'renewal-talk-missed',
  'notice-given',
  'payment-overdue',
  'downgrade',
  'seat-shelfware',
] as const;
export type SignalName = (typeof SIGNAL_NAMES)[number];

export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical';

/** A line of evidence as it stands in the published alert: what is not known is null. */
export interface Evidence {
  readonly label: string;
  readonly metric: string;
  readonly value: number | null;
  readonly baseline: number | null;
  readonly threshold: number | null;
  readonly unit: Unit;
  readonly window: Window | null;
  readonly ids: readonly string[];
  readonly url: string | null;
}

/** What a signal decides. `due`: when it could next change by the clock alone (null: never). */
export interface Verdict {
  readonly holds: boolean;
  /** Event time since which the condition is true (when it holds). */
  readonly since: Instant | null;
  readonly summary: string;
  readonly reason: string;
  readonly evidence: readonly Evidence[];
  readonly due: Instant | null;
  /** +1 where the condition itself is worse than its base level (event volume fell too), −1 where it is only suspected. */
  readonly severityStep?: SeverityStep;
}

export type SeverityStep = -1 | 0 | 1;

export type SignalStateName = 'clear' | 'holds' | 'not-assessable';

/** What is kept of a signal between evaluations. `held` survives a time that was not assessable. */
export interface SignalMemory {
  readonly state: SignalStateName;
  readonly held: boolean;
  readonly since: Instant | null;
  /** Since when the present `state` stands (time of evaluation). */
  readonly stateSince: Instant;
}

export interface SignalEvaluation extends SignalMemory {
  readonly signal: SignalName;
  readonly signalVersion: number;
  readonly evidence: readonly Evidence[];
  readonly summary: string;
  readonly reason: string;
  /** Why not assessable; null otherwise. */
  readonly why: WhyNot | null;
  readonly baseSeverity: Severity;
  readonly severityStep: SeverityStep;
  /** How long it must stay clear before its alert resolves. */
  readonly clearAfterMs: number;
  /** When the clock alone could change it; null: never. */
  readonly nextDueAt: Instant | null;
}

/** `stale` and `incident` freeze what was; the others end it. */
export type WhyNot = 'never' | 'stale' | 'incident' | 'off' | 'not-a-customer';

/** What the signal knows of the account's peers in its segment. */
export interface SegmentRates {
  /** Tickets per human active user and 14 days. */
  readonly ticketsPerUser14d: number;
}

export interface SignalContext {
  readonly segment?: SegmentRates;
  /** An incident of our own touches this account: usage and ticket signals wait. */
  readonly incidentOpen?: boolean;
}

/** Parameters are flat numbers and switches, so that a tenant can edit and a plan can diff them. */
export type ParameterValues = Readonly<Record<string, number | boolean>>;

/** What `assess` is given. `held`: it held before, so the condition to clear applies. */
export interface Standpoint<P extends ParameterValues> {
  readonly history: AccountHistory;
  readonly asOf: AsOf;
  readonly today: EpochDay;
  readonly context: SignalContext;
  readonly held: boolean;
  readonly since: Instant | null;
  readonly parameters: P;
}

/** How a parameter is shown and what it may be. */
export interface ParameterInfo {
  readonly label: string;
  /** Shares are kept as 0–1. */
  readonly unit:
    'days' | 'business days' | 'share' | 'people' | 'tickets' | 'seats' | 'times' | 'points' | 'σ' | 'probability';
  readonly min: number;
  readonly max: number;
  readonly integer?: boolean;
}

/** What differs for accounts of one segment. */
export interface SignalVariant {
  readonly off?: boolean;
  readonly parameters?: ParameterValues;
}

/** Segment (the tenant's word, in lower case) → what differs. */
export type SignalVariants = Readonly<Record<string, SignalVariant>>;

/** One file of the catalogue exports one of these. */
export interface SignalDefinition<P extends ParameterValues = ParameterValues> {
  readonly name: SignalName;
  readonly version: number;
  readonly title: string;
  /** The condition in words, as the catalogue shows it. */
  readonly condition: string;
  /** When it clears: another condition than the one that opens it. */
  readonly clears: string;
  /** A mark that stands for as long as it is so: shown and published, never pushed to people. */
  readonly standing?: boolean;
  readonly baseSeverity: Severity;
  /** Inputs it rests on: all of them must be live, or any. */
  readonly inputs: readonly InputKind[];
  readonly needs: 'all' | 'any';
  /** Waits during an incident of our own. */
  readonly waitsOnIncident: boolean;
  /** How long it must stay clear before its alert resolves: long where the condition can flap. */
  readonly clearAfterHours: number;
  readonly recommendedAction: string;
  readonly defaults: P;
  readonly parameters: Readonly<Record<keyof P, ParameterInfo>>;
  /** Segments that differ by default. */
  readonly variants?: SignalVariants;
  /** What of the account or tenant is missing beyond the inputs, as a sentence; null: it can be assessed. */
  requires?(history: AccountHistory, asOf: AsOf): string | null;
  assess(standpoint: Standpoint<P>): Verdict;
}

/** A tenant's settings of one signal. They replace the defaults whole: parameters that are left out are the default's. */
export interface SignalSettings {
  readonly off?: boolean;
  readonly parameters?: ParameterValues;
  readonly segments?: SignalVariants;
}

/** Signals that are not named have their defaults. */
export type SignalParameters = Readonly<Partial<Record<SignalName, SignalSettings>>>;
