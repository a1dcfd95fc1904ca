import type { EvidenceLine, FeatureName } from '../features/feature';
import type { CurvePiece } from '../model/model';

export type Band = 'green' | 'yellow' | 'red' | 'onboarding' | 'unknown';

export interface Contribution {
  /** A measure's name, `cap:<name>`, or `override:score`. */
  readonly measure: string;
  readonly group: string;
  /** Two decimals at most; all contributions add up exactly to the score (in hundredths). Negative for a cap. */
  readonly points: number;
  readonly maxPoints: number;
  /** The metric that the measure (or the cap) reads; null for what a person set. */
  readonly metric: FeatureName | null;
  readonly value: number | null;
  /** The piece of the measure's curve that turned the value into points; null for caps and overrides. */
  readonly curve: CurvePiece | null;
  readonly reason: string;
  readonly evidence: readonly EvidenceLine[];
}

/** The answer of `score`; null score = nothing at all is known. */
export interface HealthScore {
  readonly score: number | null;
  readonly band: Band;
  /** Weight present ÷ total weight, 0–1. */
  readonly coverage: number;
  readonly contributions: readonly Contribution[];
  /** Measures left out because their value is missing, with the reason. */
  readonly missing: readonly { readonly measure: string; readonly reason: string }[];
  readonly modelVersion: string;
}

/** With the standpoint and the difference to 28 days before under the same model (null when there was no score then). */
export interface AccountHealth extends HealthScore {
  readonly asOf: string;
  readonly trend: number | null;
}

/** A score or band set by a person; the caller leaves out expired ones. */
export interface Override {
  readonly score?: number;
  readonly band?: 'green' | 'yellow' | 'red';
  readonly reason: string;
  readonly by: string;
}

export interface ScoreContext {
  /** The band before, for hysteresis. */
  readonly previousBand?: Band;
  readonly override?: Override;
}
