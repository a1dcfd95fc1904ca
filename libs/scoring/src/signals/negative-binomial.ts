/** P(X ≥ n) for a negative binomial with this mean and shape (variance = mean + mean² ÷ shape). */
export function negativeBinomialTail(n: number, mean: number, shape: number): number {
  if (n <= 0) return 1;
  if (mean <= 0) return 0;
  const p = mean / (mean + shape);
  let term = Math.pow(1 - p, shape);
  let below = 0;
  for (let k = 0; k < n; k++) {
    below += term;
    term *= ((shape + k) / (k + 1)) * p;
  }
  return Math.max(0, 1 - below);
}
