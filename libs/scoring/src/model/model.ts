import type { FeatureName } from '../features/feature';

/** Points of a curve, x ascending: [value of the metric, 0–100 points]; straight between, flat outside. */
export type Curve = readonly (readonly [x: number, y: number])[];

/** Two neighbouring points of a curve. */
export interface CurvePiece {
  readonly from: Curve[number];
  readonly to: Curve[number];
}

export interface Measure {
  readonly name: string;
  readonly group: string;
  readonly metric: FeatureName;
  readonly curve: Curve;
  /** Share of the score relative to the other measures; 0 leaves it out. */
  readonly weight: number;
}

/** What differs for some accounts. Variants apply in order; a later one wins. */
export interface Variant {
  readonly name: string;
  readonly when: { readonly segment?: string; readonly stage?: string };
  readonly weights?: Readonly<Record<string, number>>;
  readonly curves?: Readonly<Record<string, Curve>>;
}

/** "Champion left caps the score at 50". */
export interface Cap {
  readonly name: string;
  readonly when: { readonly metric: FeatureName; readonly atLeast?: number; readonly atMost?: number };
  /** 0–100 */
  readonly at: number;
}

/** A band begins at `enter` and, once in it, is kept down to `leave`. */
export interface BandEdge {
  readonly enter: number;
  readonly leave: number;
}

/** The file, as a tenant reads and edits it. */
export interface ModelFile {
  readonly $schema?: string;
  readonly name: string;
  readonly number: number;
  readonly description?: string;
  readonly onboardingDays: number;
  /** 0–1; below it the band is unknown. */
  readonly coverageFloor: number;
  readonly bands: { readonly green: BandEdge; readonly yellow: BandEdge };
  readonly measures: readonly Measure[];
  readonly variants?: readonly Variant[];
  readonly caps?: readonly Cap[];
}

/** A checked model with its version id: `<name>-<number>.<hash of the content>`. */
export interface Model extends ModelFile {
  readonly version: string;
}

/** All errors of a file at once, each with a JSON pointer. */
export interface ModelError {
  readonly pointer: string;
  readonly detail: string;
}

export type ParsedModel =
  { readonly ok: true; readonly model: Model } | { readonly ok: false; readonly errors: readonly ModelError[] };
