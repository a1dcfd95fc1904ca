import type { Prediction } from './prediction';

/** A point of the ROC curve: of those kept and of those lost, the share at or above the threshold. */
export interface RocPoint {
  readonly threshold: number;
  readonly falsePositiveRate: number;
  readonly truePositiveRate: number;
}

type Ranked = Pick<Prediction, 'probability' | 'lost'>;

/** Highest risk first. */
export function ranked<P extends Ranked>(predictions: readonly P[]): P[] {
  return [...predictions].sort((a, b) => b.probability - a.probability);
}

/**
 * Area under the ROC curve: the chance that a lost renewal was given more risk than a kept one, ties counting half
 * (Mann–Whitney). NaN where all or none were lost. scikit-learn: `roc_auc_score`.
 */
export function auc(predictions: readonly Ranked[]): number {
  return weightedAuc(ranked(predictions), () => 1);
}

/** The same over predictions ranked before, each counting `weight(i)` times. */
export function weightedAuc(order: readonly Ranked[], weight: (index: number) => number): number {
  let [lost, kept, pairs] = [0, 0, 0];
  for (let start = 0; start < order.length;) {
    let [lostHere, keptHere, end] = [0, 0, start];
    for (; end < order.length && order[end]?.probability === order[start]?.probability; end++)
      if (order[end]?.lost) lostHere += weight(end);
      else keptHere += weight(end);
    // Each kept one here was outranked by the lost before it, and ties with the lost here.
    pairs += keptHere * (lost + lostHere / 2);
    lost += lostHere;
    kept += keptHere;
    start = end;
  }
  return lost === 0 || kept === 0 ? NaN : pairs / (lost * kept);
}

/** The corners of the ROC curve, thinned to at most `points`. */
export function rocCurve(predictions: readonly Ranked[], points = 100): RocPoint[] {
  const order = ranked(predictions);
  const lost = order.filter((one) => one.lost).length;
  const kept = order.length - lost;
  const curve: RocPoint[] = [{ threshold: Infinity, falsePositiveRate: 0, truePositiveRate: 0 }];
  let [seenLost, seenKept] = [0, 0];
  order.forEach((one, i) => {
    if (one.lost) seenLost++;
    else seenKept++;
    if (order[i + 1]?.probability === one.probability) return;
    curve.push({ threshold: one.probability, falsePositiveRate: seenKept / kept, truePositiveRate: seenLost / lost });
  });
  const step = Math.max(1, Math.ceil(curve.length / points));
  return curve.filter((_, i) => i % step === 0 || i === curve.length - 1);
}

/** Σ precision at each lost renewal ÷ lost renewals; ties share one threshold. scikit-learn: `average_precision_score`. */
export function averagePrecision(predictions: readonly Ranked[]): number {
  const order = ranked(predictions);
  const lost = order.filter((one) => one.lost).length;
  let [found, before, sum] = [0, 0, 0];
  order.forEach((one, i) => {
    if (one.lost) found++;
    if (order[i + 1]?.probability === one.probability) return;
    sum += ((found - before) / lost) * (found / (i + 1));
    before = found;
  });
  return lost === 0 ? NaN : sum;
}

/** Of the `k` with the most risk, the share that was lost. Ties at the edge count in proportion. */
export function precisionAt(predictions: readonly Ranked[], k: number): number {
  const order = ranked(predictions);
  const size = Math.min(Math.max(1, Math.round(k)), order.length);
  const edge = order[size - 1]?.probability ?? NaN;
  const above = order.filter((one) => one.probability > edge);
  const tied = order.filter((one) => one.probability === edge);
  const lostTied = (tied.filter((one) => one.lost).length * (size - above.length)) / Math.max(1, tied.length);
  return (above.filter((one) => one.lost).length + lostTied) / size;
}

/** Precision among the riskiest `share` ÷ base rate: 3 = three times as many as a random choice would find. */
export function lift(predictions: readonly Ranked[], share: number): number {
  return precisionAt(predictions, share * predictions.length) / baseRate(predictions);
}

/** Of all that were lost, the share that stands among the riskiest `share`. */
export function capture(predictions: readonly Ranked[], share: number): number {
  const size = Math.max(1, Math.round(share * predictions.length));
  const lost = predictions.filter((one) => one.lost).length;
  return lost === 0 ? NaN : (precisionAt(predictions, size) * size) / lost;
}

/** Share lost. */
export function baseRate(predictions: readonly Ranked[]): number {
  return predictions.filter((one) => one.lost).length / predictions.length;
}
