import type { EpochDay } from '../time/day';

/** What the contracts say on a day. Money in integer minor units. */
export interface ContractTerms {
  /** Recurring lines in force, by currency; overdue contracts within the grace included. */
  readonly arrByCurrency: Readonly<Record<string, number>>;
  /** Whether `arrByCurrency` comes from contracts or, without any, from the profile. */
  readonly arrSource: 'contracts' | 'profile' | 'none';
  /** The next decision: the end, or the end minus the notice period when it renews by itself. */
  readonly decisionDate: EpochDay | null;
  readonly daysToDecision: number | null;
  /** End (last day in force) of the contract that is decided next. */
  readonly nextEnd: EpochDay | null;
  readonly nextContractId: string | null;
  readonly autoRenew: boolean;
  /** Notice given: which contract, when, for which last day. */
  readonly notice: {
    readonly contractId: string;
    readonly day: EpochDay;
    readonly end: EpochDay;
    readonly reason: string | null;
  } | null;
  /** Ended but unsigned and within the grace of 60 days. */
  readonly overdue: readonly { readonly contractId: string; readonly end: EpochDay; readonly daysOverdue: number }[];
  /** Seats of recurring lines in force; null when no line counts seats. */
  readonly seats: number | null;
  readonly inForce: readonly string[];
}
