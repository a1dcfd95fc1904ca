import { fitLogistic, logit } from '../probability/logistic';
import { shareInterval } from './bootstrap';
import type { Interval, Prediction } from './prediction';
import { baseRate } from './ranking';

type Stated = Pick<Prediction, 'probability' | 'lost'>;

/** Mean squared error of the probabilities. scikit-learn: `brier_score_loss`. */
export function brier(predictions: readonly Stated[]): number {
  return predictions.reduce((sum, one) => sum + (one.probability - Number(one.lost)) ** 2, 0) / predictions.length;
}

/**
 * 1 − Brier ÷ Brier of always saying the base rate. `reference` is the rate that was known beforehand (the training
 * period's); without it the sample's own, which is a little harder to beat.
 */
export function brierSkill(predictions: readonly Stated[], reference = baseRate(predictions)): number {
  return 1 - brier(predictions) / brier(predictions.map(({ lost }) => ({ lost, probability: reference })));
}

/** Mean of −log(probability of what happened). */
export function logLoss(predictions: readonly Stated[]): number {
  const loss = ({ probability, lost }: Stated) => -Math.log(lost ? inside(probability) : 1 - inside(probability));
  return predictions.reduce((sum, one) => sum + loss(one), 0) / predictions.length;
}

const inside = (p: number) => Math.min(1 - 1e-12, Math.max(1e-12, p));

/** How said and seen log-odds lie to each other: 1 and 0 are perfect; a slope below 1 is overconfident. */
export interface CalibrationLine {
  readonly slope: number;
  /** Calibration in the large: what has to be added to all log-odds for the sum to come right. */
  readonly intercept: number;
}

export function calibrationLine(predictions: readonly Stated[]): CalibrationLine {
  const said = predictions.map(({ probability }) => logit(inside(probability)));
  const y = predictions.map(({ lost }) => Number(lost));
  const slope = fitLogistic({ rows: said.map((one) => [one]), y }, { mean: [1], precision: [1e-6] });
  const large = fitLogistic({ rows: said.map(() => []), y, offset: said }, { mean: [], precision: [] });
  return { slope: slope.coefficients[0] ?? NaN, intercept: large.intercept };
}

/** A bin of the reliability diagram: what was said beside what happened. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly said: number;
  readonly seen: Interval;
}

/** Bins of equal size by probability, lowest first (the last ones are one larger where it does not divide). */
export function reliabilityBins(predictions: readonly Stated[], bins = 10): ReliabilityBin[] {
  const order = [...predictions].sort((a, b) => a.probability - b.probability);
  return Array.from({ length: bins }, (_, bin) =>
    order.slice(Math.floor((bin * order.length) / bins), Math.floor(((bin + 1) * order.length) / bins)),
  )
    .filter((part) => part.length > 0)
    .map((part) => ({
      from: part[0]?.probability ?? 0,
      to: part.at(-1)?.probability ?? 1,
      n: part.length,
      said: part.reduce((sum, one) => sum + one.probability, 0) / part.length,
      seen: shareInterval(part.filter((one) => one.lost).length, part.length),
    }));
}

/** Expected calibration error: mean distance of said and seen over bins of equal size. */
export function calibrationError(predictions: readonly Stated[], bins = 10): number {
  return reliabilityBins(predictions, bins).reduce(
    (sum, { n, said, seen }) => sum + (n / predictions.length) * Math.abs(said - seen.value),
    0,
  );
}

/** What a perfect model would show at this size and these probabilities: Σ n ÷ N × √(2 p (1 − p) ÷ π n). */
export function calibrationNoise(predictions: readonly Stated[], bins = 10): number {
  return reliabilityBins(predictions, bins).reduce(
    (sum, { n, said }) => sum + (n / predictions.length) * Math.sqrt((2 * said * (1 - said)) / (Math.PI * n)),
    0,
  );
}
