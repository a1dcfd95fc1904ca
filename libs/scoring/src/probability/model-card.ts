import type { Measures } from '../backtest/measures';
import type { GroupReport } from '../backtest/report';
import type { Abstention } from './churn-model';
import type { Drift } from './drift';

/** What a person must know of a model before trusting it. Everything was measured on rows that the fit had not seen. */
export interface ModelCard {
  readonly modelVersion: string;
  readonly basis: 'prior' | 'fitted';
  /** Decisions from … to, ISO days. */
  readonly from: string;
  readonly to: string;
  readonly renewals: number;
  readonly lost: number;
  readonly accounts: number;
  /** Days before the decision at which `measures` were taken. */
  readonly horizon: number;
  /** Null where there was nothing to test on. */
  readonly measures: Measures | null;
  readonly groups: readonly GroupReport[];
  readonly drift: Drift;
  /** Multiplier of the prior's precision that the cross-validation chose. */
  readonly strength: number;
  readonly abstention: Abstention | null;
  /** One honest sentence. */
  readonly verdict: string;
}
