/**
 * Whole numbers that add up exactly to the rounded sum of the parts: each part is cut, and what is left goes to the
 * largest remainders (the first of equal ones). Parts must not be negative.
 */
export function largestRemainder(parts: readonly number[]): number[] {
  const exact = parts.map((part) => steady(part));
  const total = Math.round(exact.reduce((sum, part) => sum + part, 0));
  const whole = exact.map(Math.floor);
  let left = total - whole.reduce((sum, part) => sum + part, 0);
  const order = exact
    .map((part, i) => ({ i, rest: part - Math.floor(part) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i);
  for (const { i } of order) if (left-- > 0) whole[i] = (whole[i] ?? 0) + 1;
  return whole;
}

/** 33.333333333333336 and 33.33333333333333 are the same part: floating noise must not decide who gets the rest. */
function steady(part: number): number {
  return Math.round(part * 1e6) / 1e6;
}
