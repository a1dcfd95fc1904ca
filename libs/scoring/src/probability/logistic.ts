import { CholeskyDecomposition, Matrix } from 'ml-matrix';

/** Rows of the design without a column of ones (the intercept is fitted beside them); `y` in [0, 1]. */
export interface LogisticData {
  readonly rows: readonly ArrayLike<number>[];
  readonly y: ArrayLike<number>;
  /** How often each row counts; default 1. */
  readonly weights?: ArrayLike<number>;
  /** Known log-odds added to each row; default 0. */
  readonly offset?: ArrayLike<number>;
}

/** A normal prior per column: `precision` 0 leaves a column free, Infinity pins it to its mean. */
export interface GaussianPrior {
  readonly mean: readonly number[];
  readonly precision: readonly number[];
  /** Of the intercept; default: free. */
  readonly intercept?: { readonly mean: number; readonly precision: number };
}

export interface LogisticFit {
  readonly intercept: number;
  readonly coefficients: readonly number[];
  /** Laplace's standard errors; 0 for a pinned column. */
  readonly errors: readonly number[];
  readonly iterations: number;
  readonly converged: boolean;
}

const MAX_ITERATIONS = 60;
const TOLERANCE = 1e-9;
const MAX_HALVINGS = 30;

/**
 * Logistic regression by iteratively reweighted least squares (Newton), to the maximum of likelihood × prior; each step solves
 * the normal equations by Cholesky and is halved until it gains. Fixtures of scikit-learn in `fixtures/`.
 */
export function fitLogistic(data: LogisticData, prior: GaussianPrior): LogisticFit {
  const problem = problemOf(data, prior);
  let beta = problem.start;
  let value = objective(problem, beta);
  for (let iteration = 1; iteration <= MAX_ITERATIONS; iteration++) {
    const step = newtonStep(problem, beta);
    const next = improved(problem, beta, step, value);
    if (next === null) return fitOf(problem, beta, iteration, true);
    const gain = value - next.value;
    ({ beta, value } = next);
    if (gain < TOLERANCE * (1 + Math.abs(value)) && largest(step) < 1e-7) return fitOf(problem, beta, iteration, true);
  }
  return fitOf(problem, beta, MAX_ITERATIONS, false);
}

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
export const logit = (p: number): number => Math.log(p / (1 - p));

/** log(1 + eˣ) without overflow. */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
}

interface Problem extends LogisticData {
  /** Columns that are not pinned; the intercept is number −1, always the first. */
  readonly free: readonly number[];
  readonly mean: Float64Array;
  readonly precision: Float64Array;
  readonly pinned: Float64Array;
  readonly start: Float64Array;
  readonly width: number;
  readonly fixed: readonly number[];
}

function problemOf(data: LogisticData, prior: GaussianPrior): Problem {
  const width = prior.mean.length;
  const columns = Array.from({ length: width }, (_, j) => j);
  const free = columns.filter((j) => prior.precision[j] !== Infinity);
  const of = (list: readonly number[], j: number) => list[j] ?? 0;
  const mean = Float64Array.from([prior.intercept?.mean ?? 0, ...free.map((j) => of(prior.mean, j))]);
  const precision = Float64Array.from([
    prior.intercept?.precision ?? 0,
    ...free.map((j) => Math.max(0, of(prior.precision, j))),
  ]);
  const fixed = columns.map((j) => (prior.precision[j] === Infinity ? of(prior.mean, j) : 0));
  return { ...data, free, mean, precision, start: mean.slice(), width, fixed, pinned: pinnedPart(data, fixed) };
}

/** Log-odds of the columns that do not move, once for all rows. */
function pinnedPart(data: LogisticData, fixed: readonly number[]): Float64Array {
  return Float64Array.from(data.rows, (row, i) =>
    fixed.reduce((sum, one, j) => (one === 0 ? sum : sum + one * (row[j] ?? 0)), data.offset?.[i] ?? 0),
  );
}

function linear({ free, pinned }: Problem, beta: Float64Array, row: ArrayLike<number>, i: number): number {
  let sum = (pinned[i] ?? 0) + (beta[0] ?? 0);
  for (let k = 0; k < free.length; k++) sum += (beta[k + 1] ?? 0) * (row[free[k] ?? 0] ?? 0);
  return sum;
}

/** Minus the log-posterior. */
function objective(problem: Problem, beta: Float64Array): number {
  let sum = 0;
  problem.rows.forEach((row, i) => {
    const eta = linear(problem, beta, row, i);
    sum += (problem.weights?.[i] ?? 1) * (softplus(eta) - (problem.y[i] ?? 0) * eta);
  });
  for (let k = 0; k < beta.length; k++)
    sum += 0.5 * (problem.precision[k] ?? 0) * ((beta[k] ?? 0) - (problem.mean[k] ?? 0)) ** 2;
  return sum;
}

interface Curvature {
  readonly gradient: Float64Array;
  readonly hessian: Matrix;
}

function curvature(problem: Problem, beta: Float64Array): Curvature {
  const size = beta.length;
  const sums = new Float64Array(size * size);
  const gradient = new Float64Array(size);
  const x = new Float64Array(size);
  problem.rows.forEach((row, i) => {
    const weight = problem.weights?.[i] ?? 1;
    const p = sigmoid(linear(problem, beta, row, i));
    x[0] = 1;
    for (let k = 1; k < size; k++) x[k] = row[problem.free[k - 1] ?? 0] ?? 0;
    addRow({ sums, gradient, x }, weight * (p - (problem.y[i] ?? 0)), weight * Math.max(p * (1 - p), 1e-10));
  });
  return { gradient: withPrior(problem, beta, gradient, sums), hessian: symmetric(sums, size) };
}

function addRow(
  to: { sums: Float64Array; gradient: Float64Array; x: Float64Array },
  slope: number,
  bend: number,
): void {
  const { sums, gradient, x } = to;
  const size = x.length;
  for (let k = 0; k < size; k++) {
    const value = x[k] ?? 0;
    if (value === 0) continue;
    gradient[k] = (gradient[k] ?? 0) + slope * value;
    const scaled = bend * value;
    for (let l = 0; l <= k; l++) sums[k * size + l] = (sums[k * size + l] ?? 0) + scaled * (x[l] ?? 0);
  }
}

function withPrior(problem: Problem, beta: Float64Array, gradient: Float64Array, sums: Float64Array): Float64Array {
  const size = beta.length;
  for (let k = 0; k < size; k++) {
    const precision = problem.precision[k] ?? 0;
    gradient[k] = (gradient[k] ?? 0) + precision * ((beta[k] ?? 0) - (problem.mean[k] ?? 0));
    // A column without any variation and without a prior must not make the equations singular.
    sums[k * size + k] = (sums[k * size + k] ?? 0) + precision + 1e-9;
  }
  return gradient;
}

function symmetric(sums: Float64Array, size: number): Matrix {
  const full = new Matrix(size, size);
  for (let k = 0; k < size; k++)
    for (let l = 0; l <= k; l++) {
      full.set(k, l, sums[k * size + l] ?? 0);
      full.set(l, k, sums[k * size + l] ?? 0);
    }
  return full;
}

function newtonStep(problem: Problem, beta: Float64Array): Float64Array {
  const { gradient, hessian } = curvature(problem, beta);
  const solved = new CholeskyDecomposition(hessian).solve(Matrix.columnVector([...gradient]));
  return Float64Array.from(solved.to1DArray());
}

function improved(problem: Problem, beta: Float64Array, step: Float64Array, value: number) {
  let scale = 1;
  for (let halving = 0; halving < MAX_HALVINGS; halving++, scale /= 2) {
    const next = beta.map((one, k) => one - scale * (step[k] ?? 0));
    const reached = objective(problem, next);
    if (reached < value) return { beta: next, value: reached };
  }
  return null;
}

const largest = (step: Float64Array) => step.reduce((most, one) => Math.max(most, Math.abs(one)), 0);

function fitOf(problem: Problem, beta: Float64Array, iterations: number, converged: boolean): LogisticFit {
  const size = beta.length;
  const inverse = new CholeskyDecomposition(curvature(problem, beta).hessian).solve(Matrix.eye(size, size));
  const coefficients = [...problem.fixed];
  const errors = Array.from({ length: problem.width }, () => 0);
  problem.free.forEach((j, k) => {
    coefficients[j] = beta[k + 1] ?? 0;
    errors[j] = Math.sqrt(Math.max(0, inverse.get(k + 1, k + 1)));
  });
  return { intercept: beta[0] ?? 0, coefficients, errors, iterations, converged };
}
