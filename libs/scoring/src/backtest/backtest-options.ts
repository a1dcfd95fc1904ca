import type { Model } from '../model/model';
import type { ChurnModel } from '../probability/churn-model';
import type { EpochDay } from '../time/day';

/** What is tested: a churn model (null: one that is learned from the time before), or a version of the health score. */
export type Subject =
  { readonly kind: 'churn'; readonly model: ChurnModel | null } | { readonly kind: 'score'; readonly model: Model };

export interface BacktestOptions {
  readonly subject: Subject;
  /** Last day whose facts may be used: outcomes that had not matured by it are left out. */
  readonly through: EpochDay;
  /** Days between two looks; 28 by default, 7 for a weekly one. */
  readonly stepDays?: number;
  readonly horizons?: readonly number[];
  /** Decisions before it teach, from it on they test; default: after half of them. */
  readonly splitDay?: EpochDay;
  /** Share of the accounts that may be in the alert set on an average day. */
  readonly alertShare?: number;
  /** The model of the hand-weighted baseline. */
  readonly handWeighted?: Model;
}
