import type { Interval, Prediction } from './prediction';
import { ranked, weightedAuc } from './ranking';
import { seeded } from './seeded';

/**
 * AUC with its interval by resampling accounts (all renewals of a drawn account come along). Percentiles; the same
 * predictions and seed give the same interval.
 */
export function aucInterval(predictions: readonly Prediction[], draws = 400, level = 0.95, seed = 1): Interval {
  const order = ranked(predictions);
  const value = weightedAuc(order, () => 1);
  const numbers = new Map<string, number>();
  const accountOf = order.map(({ account }) => {
    const known = numbers.get(account) ?? numbers.size;
    numbers.set(account, known);
    return known;
  });
  const random = seeded(seed);
  const values: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const times = drawn(numbers.size, random);
    const one = weightedAuc(order, (i) => times[accountOf[i] ?? 0] ?? 0);
    if (!Number.isNaN(one)) values.push(one);
  }
  return { value, ...percentiles(values, level) };
}

/** How often each of `size` things comes up in `size` draws with replacement. */
function drawn(size: number, random: () => number): Uint16Array {
  const times = new Uint16Array(size);
  for (let i = 0; i < size; i++) {
    const at = Math.floor(random() * size);
    times[at] = (times[at] ?? 0) + 1;
  }
  return times;
}

/** The middle `level` of the values; without any, the whole range of a share. */
export function percentiles(values: readonly number[], level: number): Omit<Interval, 'value'> {
  if (values.length === 0) return { low: 0, high: 1 };
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))] ?? NaN;
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
}

/** Wilson's interval of a share. */
export function shareInterval(hits: number, of: number, z = 1.96): Interval {
  if (of === 0) return { value: NaN, low: 0, high: 1 };
  const share = hits / of;
  const centre = (share + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))) / (1 + (z * z) / of);
  return { value: share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
