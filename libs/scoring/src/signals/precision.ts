/** A share with the interval that small numbers deserve. */
export interface Share {
  readonly hits: number;
  readonly n: number;
  /** 0–1; null where nothing was counted. */
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Wilson's score interval (1927): right for small counts and near 0 and 1. `z` 1.96 is 95 %. */
export function wilson(hits: number, n: number, z = 1.96): Share {
  if (n === 0) return { hits, n, share: null, low: null, high: null };
  const share = hits / n;
  const scale = 1 + (z * z) / n;
  const middle = (share + (z * z) / (2 * n)) / scale;
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / scale;
  return { hits, n, share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** What became of an alert, as far as its signal is judged by it. */
export interface JudgedAlert {
  readonly feedback: 'useful' | 'not-useful' | 'too-early' | null;
  /** The customer gave notice, shrank or left within the time that counts. */
  readonly badOutcome: boolean;
  /** That time is over. */
  readonly matured: boolean;
}

/**
 * Alerts marked useful or followed by the bad outcome ÷ alerts that can be judged: those with a verdict, with an outcome,
 * or whose time is over. "Too early" is no verdict.
 */
export function alertPrecision(alerts: readonly JudgedAlert[]): Share {
  const judged = alerts.filter(
    ({ feedback, badOutcome, matured }) => badOutcome || matured || feedback === 'useful' || feedback === 'not-useful',
  );
  return wilson(judged.filter(({ feedback, badOutcome }) => badOutcome || feedback === 'useful').length, judged.length);
}
