import { fitLogistic, logit, sigmoid } from './logistic';

/** Calibrated log-odds = intercept + slope × log-odds. */
export interface PlattScale {
  readonly slope: number;
  readonly intercept: number;
}

/** Calibrated log-odds = a × log p − b × log(1 − p) + c: bends where a straight line in log-odds cannot. */
export interface BetaScale {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export const UNCALIBRATED: PlattScale = { slope: 1, intercept: 0 };

/**
 * Platt's sigmoid on log-odds that the model had not been fitted to. His targets are drawn in a little, so that a perfectly
 * separated sample gives no certainty. scikit-learn: `CalibratedClassifierCV(method="sigmoid")`. `towards` draws the
 * slope to 1 and the intercept to 0 with that many pseudo-observations' precision, for small samples.
 */
export function fitPlatt(
  logOdds: readonly number[],
  lost: readonly boolean[],
  options: { readonly weights?: readonly number[]; readonly towards?: number } = {},
): PlattScale {
  const { weights, towards = 0 } = options;
  const total = (wanted: boolean) =>
    lost.reduce((sum, one, i) => (one === wanted ? sum + (weights?.[i] ?? 1) : sum), 0);
  const [high, low] = [(total(true) + 1) / (total(true) + 2), 1 / (total(false) + 2)];
  const { coefficients, intercept } = fitLogistic(
    { rows: logOdds.map((one) => [one]), y: lost.map((one) => (one ? high : low)), ...(weights && { weights }) },
    { mean: [1], precision: [towards], intercept: { mean: 0, precision: towards } },
  );
  return { slope: coefficients[0] ?? 1, intercept };
}

/** Beta calibration (Kull, Silva Filho, Flach 2017): needs a few hundred outcomes; `a` and `b` are kept from falling below 0. */
export function fitBeta(probabilities: readonly number[], lost: readonly boolean[]): BetaScale {
  const rows = probabilities.map((p) => [Math.log(clamped(p)), -Math.log(1 - clamped(p))]);
  const y = lost.map(Number);
  const both = fitLogistic({ rows, y }, { mean: [1, 1], precision: [1e-6, 1e-6] });
  const negative = both.coefficients.map((one) => one < 0);
  if (!negative.includes(true)) return betaOf(both.coefficients, both.intercept);
  const kept = fitLogistic(
    { rows, y },
    { mean: negative.map((out) => (out ? 0 : 1)), precision: negative.map((out) => (out ? Infinity : 1e-6)) },
  );
  return betaOf(kept.coefficients, kept.intercept);
}

function betaOf(coefficients: readonly number[], c: number): BetaScale {
  const [a = 1, b = 1] = coefficients;
  return { a, b, c };
}

export function plattProbability({ slope, intercept }: PlattScale, logOdds: number): number {
  return sigmoid(intercept + slope * logOdds);
}

export function betaProbability({ a, b, c }: BetaScale, probability: number): number {
  const p = clamped(probability);
  return sigmoid(a * Math.log(p) - b * Math.log(1 - p) + c);
}

/** What a scale gives for 50 %: where it bends. */
export const betaAtHalf = (scale: BetaScale): number => logit(betaProbability(scale, 0.5));

const clamped = (p: number) => Math.min(1 - 1e-9, Math.max(1e-9, p));
