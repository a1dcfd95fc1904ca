import type { FeatureName } from '../features/feature';

/** What a probability says about an account's contract beside its features. */
export type ContractType = 'annual' | 'multi-year' | 'monthly';

/** One additive term: a feature of the account and where its curve may bend. The curve is monotone in the experts' direction. */
export interface ChurnTerm {
  readonly name: string;
  readonly metric: FeatureName;
  /** Values of the metric, ascending; straight between, flat outside. */
  readonly knots: readonly number[];
  /** Experts' log-odds at the knots: never rising or never falling. The prior mean of the fit. */
  readonly prior: readonly number[];
}

export interface FittedTerm extends ChurnTerm {
  /** Log-odds at the knots. */
  readonly curve: readonly number[];
  /** Log-odds of an account without a value, beside `centre`. */
  readonly missing: number;
  /** Mean of the curve over the training rows: a part is told as the distance from it. */
  readonly centre: number;
}

/** Log-odds that belong to a word (a segment, a kind of contract) rather than to a number. */
export interface FittedFactor {
  readonly name: 'segment' | 'contract' | 'auto-renew';
  readonly logOdds: Readonly<Record<string, number>>;
}

/** Calibration at a distance to the decision; between two of them it is interpolated. */
export interface HorizonScale {
  readonly days: number;
  readonly slope: number;
  readonly intercept: number;
}

/** A fitted (or prior) model: plain data, to be stored, diffed and sent to a browser. */
export interface ChurnModel {
  /** `churn-<hash of the content>`. */
  readonly version: string;
  readonly basis: 'prior' | 'fitted';
  readonly base: number;
  readonly terms: readonly FittedTerm[];
  readonly factors: readonly FittedFactor[];
  /** Ascending in days. */
  readonly horizons: readonly HorizonScale[];
  /** Share of decided renewals that were lost in the data; null for a prior. */
  readonly baseRate: number | null;
}

/** One account looked at on one day, and what came of the decision ahead of it: a person-period row. */
export interface ChurnRow {
  readonly tenant: string;
  readonly account: string;
  readonly segment: string;
  readonly contract: ContractType;
  readonly autoRenew: boolean;
  /** Epoch day of the standpoint. */
  readonly day: number;
  /** Epoch day of the decision; for a monthly plan the end of the 90 days looked ahead. */
  readonly decisionDay: number;
  /** decisionDay − day */
  readonly horizon: number;
  /** Value of each metric by name; null = missing. */
  readonly values: Readonly<Partial<Record<FeatureName, number | null>>>;
  /** The contract was not renewed, or shrank by half or more. */
  readonly lost: boolean;
}

/** Why there is no fitted probability. */
export type Abstention =
  | { readonly why: 'too-few-outcomes'; readonly sentence: string; readonly outcomes: number; readonly needed: number }
  | { readonly why: 'no-skill'; readonly sentence: string };
