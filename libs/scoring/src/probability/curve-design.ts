import { pointsOn } from '../model/curve';
import type { ChurnRow, ChurnTerm } from './churn-model';

/**
 * The curve of a term as columns: one ramp per stretch between two knots, each in the experts' direction, so that a coefficient
 * of 0 or more keeps the curve monotone; and one column that says "missing".
 */
export interface CurveDesign {
  readonly term: ChurnTerm;
  /** +1: a higher value is a higher risk. */
  readonly direction: 1 | -1;
  /** Log-odds of each stretch in the prior, never negative. */
  readonly steps: readonly number[];
}

export function curveDesign(term: ChurnTerm): CurveDesign {
  const direction = (term.prior.at(-1) ?? 0) >= (term.prior[0] ?? 0) ? 1 : -1;
  const steps = term.prior.slice(1).map((one, i) => direction * (one - (term.prior[i] ?? 0)));
  return { term, direction, steps };
}

/** The columns of a value; all ramps 0 where it is missing. */
export function curveColumns({ term, direction, steps }: CurveDesign, value: number | null | undefined): number[] {
  if (value === null || value === undefined) return [...steps.map(() => 0), 1];
  return [...steps.map((_, i) => direction * ramp(value, term.knots[i] ?? 0, term.knots[i + 1] ?? 0)), 0];
}

function ramp(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

/** Log-odds at the knots from the coefficients of the ramps; 0 at the first. */
export function curveOf({ direction }: CurveDesign, coefficients: readonly number[]): number[] {
  return coefficients.reduce<number[]>((curve, one) => [...curve, (curve.at(-1) ?? 0) + direction * one], [0]);
}

/** Log-odds of a value on a fitted curve. */
export function curveAt(knots: readonly number[], curve: readonly number[], value: number): number {
  return pointsOn(
    knots.map((x, i): [number, number] => [x, curve[i] ?? 0]),
    value,
  );
}

/** Columns of the words and of the distance to the decision: these are drawn to 0 and may go either way. */
export interface FactorDesign {
  readonly segments: readonly string[];
}

const CONTRACTS = ['multi-year', 'monthly'] as const;
/** Days at which the effect of the distance to the decision may bend. */
const DISTANCES = [30, 60, 90, 120, 180] as const;

export function factorDesign(rows: readonly ChurnRow[]): FactorDesign {
  return { segments: [...new Set(rows.map((row) => row.segment))].sort().slice(0, 12) };
}

export function factorColumns({ segments }: FactorDesign, row: ChurnRow): number[] {
  return [
    ...segments.map((one) => Number(row.segment === one)),
    ...CONTRACTS.map((one) => Number(row.contract === one)),
    Number(row.autoRenew),
    ...DISTANCES.slice(1).map((to, i) => ramp(row.horizon, DISTANCES[i] ?? 0, to)),
  ];
}

export const factorNames = ({ segments }: FactorDesign) => ({
  segments,
  contracts: CONTRACTS as readonly string[],
  distances: DISTANCES as readonly number[],
});
