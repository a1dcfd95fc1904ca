import type { Day } from './calendar.domain';
import type { CastRole, Segment } from './cast.domain';

export type ContractShape = 'annual' | 'multi-year' | 'monthly' | 'co-termed' | 'none';
export type Currency = 'USD' | 'EUR';

export interface Place {
  readonly country: string;
  readonly timeZone: string;
  /** Standard time beside UTC, in hours; the history ignores daylight saving. */
  readonly offset: number;
  readonly currency: Currency;
}

export interface Csm {
  readonly name: string;
  readonly email: string;
}

/** What is fixed about an account before its days are played. */
export interface Account {
  readonly index: number;
  readonly accountId: string;
  readonly name: string;
  readonly domain: string;
  readonly industry: string;
  readonly segment: Segment;
  readonly role: CastRole;
  readonly place: Place;
  readonly csm: Csm;
  readonly currency: Currency;
  readonly shape: ContractShape;
  /** Recurring revenue a year at the end of the history (before leaving, for who left), in whole major units. */
  readonly arr: number;
  /** Last day of the contract that comes up inside the history, or of the first one for a newcomer. */
  readonly anchorEnd: Day;
  /** First day of the first contract, or of the trial. */
  readonly firstDay: Day;
  /** Day from which the role's trouble begins. */
  readonly onset: Day | undefined;
  /** Stays a customer by the cast's will, not by the hazard's. */
  readonly stays: boolean;
  readonly inBook: boolean;
  readonly parentId?: string;
  readonly mergedInto?: string;
}

/** Everything the generators need to play the base; a pure function of the four options. */
export interface WorldOptions {
  readonly seed: string;
  readonly accounts: number;
  readonly months: number;
  /** Last day of the history. */
  readonly until: Day;
}

export interface World extends WorldOptions {
  /** First day of the history. */
  readonly start: Day;
  /** Last day for which plans are made: live events continue up to here. */
  readonly horizon: Day;
  /** Stands in every event id, so that two different worlds never share one. */
  readonly tag: string;
  readonly accounts: number;
  readonly cast: readonly Account[];
}
