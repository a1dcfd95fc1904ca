/** One additive part in log-odds. */
export interface ProbabilityPart {
  readonly name: string;
  readonly logOdds: number;
  readonly reason: string;
}

export interface ChurnProbability {
  /** P(no renewal at the decision date). */
  readonly probability: number;
  /** Sum of the parts (within 1e-9). */
  readonly logOdds: number;
  /** `prior`: experts' weights, not fitted to this tenant's outcomes. */
  readonly basis: 'prior' | 'fitted';
  /** Of the model; see `ChurnModel`. */
  readonly modelVersion: string;
  readonly parts: readonly ProbabilityPart[];
}
