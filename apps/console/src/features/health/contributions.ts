import type { Contribution } from '../../api/types';

/**
 * Points rounded to tenths so that what is shown adds up to the score that is shown: each is cut down, and the tenths that are
 * missing go to those that lost most (largest remainder).
 */
export function addUp(points: readonly number[], score: number): number[] {
  const cut = points.map((value) => Math.floor(value * 10 + 1e-9));
  let missing = Math.round(score * 10) - cut.reduce((sum, value) => sum + value, 0);
  const byLoss = points.map((value, index) => ({ index, loss: value * 10 - (cut[index] ?? 0) }));
  byLoss.sort((one, other) => other.loss - one.loss);
  for (const { index } of byLoss) {
    if (missing <= 0) break;
    cut[index] = (cut[index] ?? 0) + 1;
    missing -= 1;
  }
  return cut.map((value) => value / 10);
}

export interface Share extends Contribution {
  /** Points as shown; over all shares they add up to the score as shown. */
  shown: number;
}

/** The contributions with points that add up, the ones that cost most first; caps and overrides (no maximum) last. */
export function shares(contributions: readonly Contribution[], score: number): Share[] {
  const shown = addUp(
    contributions.map((entry) => entry.points),
    score,
  );
  const withShown = contributions.map((entry, index) => ({ ...entry, shown: shown[index] ?? entry.points }));
  return withShown.toSorted((one, other) => lost(other) - lost(one));
}

function lost(entry: Contribution): number {
  return entry.maxPoints > 0 ? entry.maxPoints - entry.points : -Infinity;
}

/** '12.4 + 20 + 8 − 3 = 37.4' */
export function sum(points: readonly number[], score: number): string {
  const text = points.map((value, index) => {
    const size = number(Math.abs(value));
    if (index === 0) return value < 0 ? `−${size}` : size;
    return `${value < 0 ? '−' : '+'} ${size}`;
  });
  return `${text.join(' ')} = ${number(score)}`;
}

export function number(value: number): string {
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 }).format(value);
}
