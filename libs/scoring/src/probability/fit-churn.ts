import { fitLogistic, type LogisticData } from './logistic';
import type { ChurnModel, ChurnRow, FittedFactor, FittedTerm } from './churn-model';
import {
  curveAt,
  curveColumns,
  curveDesign,
  curveOf,
  factorColumns,
  factorDesign,
  factorNames,
  type CurveDesign,
  type FactorDesign,
} from './curve-design';
import { CHURN_TERMS, PRIOR_AUTO_RENEW, PRIOR_BASE } from './terms';
import { withChurnVersion } from './churn-version';

/** Rows as numbers, built once and used by every fit of a cross-validation. */
export interface Design {
  readonly rows: readonly ChurnRow[];
  readonly columns: readonly Float64Array[];
  readonly weights: readonly number[];
  readonly curves: readonly CurveDesign[];
  readonly factors: FactorDesign;
  readonly width: number;
}

/** Standard deviations of the prior, before `strength`: how far data may move a stretch, a missing value, a word. */
const STEP_DEVIATION = 0.35;
const MISSING_DEVIATION = 0.25;
const FACTOR_DEVIATION = 0.5;
const BASE_DEVIATION = 1.5;

export function designOf(rows: readonly ChurnRow[]): Design {
  const curves = CHURN_TERMS.map(curveDesign);
  const factors = factorDesign(rows);
  const columns = rows.map((row) =>
    Float64Array.from([
      ...curves.flatMap((design) => curveColumns(design, row.values[design.term.metric])),
      ...factorColumns(factors, row),
    ]),
  );
  return { rows, columns, weights: rowWeights(rows), curves, factors, width: columns[0]?.length ?? 0 };
}

/** Looks at one decision from several days are one outcome, not several. */
function rowWeights(rows: readonly ChurnRow[]): number[] {
  const name = (row: ChurnRow) => `${row.tenant}/${row.account}/${row.decisionDay}`;
  const times = new Map<string, number>();
  for (const row of rows) times.set(name(row), (times.get(name(row)) ?? 0) + 1);
  return rows.map((row) => 1 / (times.get(name(row)) ?? 1));
}

/** The coefficients of a fit over a design. */
export interface Coefficients {
  readonly intercept: number;
  readonly values: readonly number[];
}

/**
 * Maximum a posteriori of the discrete-time hazard over the chosen rows: ridge towards the experts' curves. A stretch that
 * came out against the experts' direction is put flat and the rest fitted again, so every curve stays monotone. `strength`
 * multiplies the prior's precision: 4 = as if the experts had seen four times as much.
 */
export function fitRows(design: Design, chosen: readonly number[], strength: number): Coefficients {
  const data = dataOf(design, chosen);
  const { mean, precision, monotone, base } = priorOf(design, strength);
  const flat = new Set<number>();
  for (let turn = 0; ; turn++) {
    const fit = fitLogistic(data, {
      mean: mean.map((one, j) => (flat.has(j) ? 0 : one)),
      precision: precision.map((one, j) => (flat.has(j) ? Infinity : one)),
      intercept: { mean: base, precision: 1 / BASE_DEVIATION ** 2 },
    });
    const against = fit.coefficients.flatMap((one, j) => (monotone[j] && one < -1e-9 ? [j] : []));
    if (against.length === 0 || turn >= 5)
      return {
        intercept: fit.intercept,
        values: fit.coefficients.map((one, j) => (monotone[j] ? Math.max(0, one) : one)),
      };
    for (const j of against) flat.add(j);
  }
}

function dataOf({ columns, rows, weights }: Design, chosen: readonly number[]): LogisticData {
  return {
    rows: chosen.map((i) => columns[i] ?? []),
    y: chosen.map((i) => Number(rows[i]?.lost === true)),
    weights: chosen.map((i) => weights[i] ?? 1),
  };
}

function priorOf({ curves, factors, width }: Design, strength: number) {
  const mean: number[] = [];
  const deviation: number[] = [];
  const monotone: boolean[] = [];
  const put = (one: number, by: number, ordered: boolean) => {
    mean.push(one);
    deviation.push(by);
    monotone.push(ordered);
  };
  // The ramps start from 0 at the first knot: what the experts say there goes into the base, and a missing value has it not.
  let base = PRIOR_BASE;
  for (const { steps, term } of curves) {
    for (const step of steps) put(step, STEP_DEVIATION, true);
    put(-(term.prior[0] ?? 0), MISSING_DEVIATION, false);
    base += term.prior[0] ?? 0;
  }
  const { segments, contracts } = factorNames(factors);
  for (let i = 0; i < segments.length + contracts.length; i++) put(0, FACTOR_DEVIATION, false);
  put(PRIOR_AUTO_RENEW, FACTOR_DEVIATION, false);
  while (mean.length < width) put(0, FACTOR_DEVIATION, false);
  return { mean, precision: deviation.map((one) => strength / one ** 2), monotone, base };
}

/** Log-odds of a row under the coefficients, before calibration. */
export function rowLogOdds(columns: ArrayLike<number>, { intercept, values }: Coefficients): number {
  return values.reduce((sum, one, j) => sum + one * (columns[j] ?? 0), intercept);
}

/** The model as a page can show it: curves centred on the training rows, words, the distances; not yet calibrated. */
export function modelOf(design: Design, { intercept, values }: Coefficients, baseRate: number): ChurnModel {
  const terms: FittedTerm[] = [];
  let base = intercept;
  let place = 0;
  for (const curve of design.curves) {
    const steps = values.slice(place, place + curve.steps.length);
    const missing = values[place + curve.steps.length] ?? 0;
    place += curve.steps.length + 1;
    // Ramps count from the first knot, also where the value falls with the risk.
    const fitted = { ...curve.term, curve: curveOf(curve, steps), missing, centre: 0 };
    const centre = meanOf(design, fitted);
    base += centre;
    terms.push({ ...fitted, centre, missing: missing - centre });
  }
  const { factors, distances } = factorsOf(design, values.slice(place));
  return withChurnVersion({ basis: 'fitted', base, terms, factors, horizons: distances, baseRate });
}

function meanOf({ rows, weights }: Design, term: FittedTerm): number {
  let [sum, total] = [0, 0];
  rows.forEach((row, i) => {
    const value = row.values[term.metric];
    if (value === null || value === undefined) return;
    sum += (weights[i] ?? 1) * curveAt(term.knots, term.curve, value);
    total += weights[i] ?? 1;
  });
  return total === 0 ? 0 : sum / total;
}

function factorsOf({ factors }: Design, values: readonly number[]) {
  const { segments, contracts, distances } = factorNames(factors);
  const words = (names: readonly string[], from: number) =>
    Object.fromEntries(names.map((name, i) => [name, values[from + i] ?? 0]));
  const renew = segments.length + contracts.length;
  const steps = values.slice(renew + 1);
  const list: FittedFactor[] = [
    { name: 'segment', logOdds: words(segments, 0) },
    { name: 'contract', logOdds: words(contracts, segments.length) },
    { name: 'auto-renew', logOdds: { yes: values[renew] ?? 0 } },
  ];
  const intercepts = steps.reduce<number[]>((sums, one) => [...sums, (sums.at(-1) ?? 0) + one], [0]);
  return { factors: list, distances: distances.map((days, i) => ({ days, slope: 1, intercept: intercepts[i] ?? 0 })) };
}
