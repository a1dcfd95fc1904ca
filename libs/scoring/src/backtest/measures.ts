import { aucInterval, percentiles } from './bootstrap';
import {
  brier,
  brierSkill,
  calibrationError,
  calibrationLine,
  calibrationNoise,
  reliabilityBins,
  type CalibrationLine,
  type ReliabilityBin,
} from './calibration';
import type { Interval, Prediction } from './prediction';
import { averagePrecision, baseRate, capture, lift, precisionAt, rocCurve, type RocPoint } from './ranking';
import { seeded } from './seeded';

/** Everything that is said about one set of predictions. Shares are 0–1; `n` renewals, of which `lost`. */
export interface Measures {
  readonly n: number;
  readonly lost: number;
  readonly accounts: number;
  readonly baseRate: number;
  readonly auc: Interval;
  readonly averagePrecision: number;
  readonly brier: number;
  readonly brierSkill: Interval;
  readonly calibration: CalibrationLine;
  readonly calibrationError: number;
  /** What a perfect model would show at this size. */
  readonly calibrationNoise: number;
  readonly reliability: readonly ReliabilityBin[];
  readonly roc: readonly RocPoint[];
  readonly precisionAt10: number;
  readonly precisionAt20: number;
  readonly liftAt10: number;
  readonly captureAt10: number;
  readonly captureAt20: number;
}

export interface MeasureOptions {
  /** The base rate known beforehand, for the skill; default: the sample's. */
  readonly reference?: number;
  /** Bootstrap draws; 0 leaves intervals as wide as the value. */
  readonly draws?: number;
}

/** All measures of predictions that are probabilities. */
export function measures(
  predictions: readonly Prediction[],
  { reference, draws = 400 }: MeasureOptions = {},
): Measures {
  return {
    n: predictions.length,
    lost: predictions.filter((one) => one.lost).length,
    accounts: new Set(predictions.map((one) => one.account)).size,
    baseRate: baseRate(predictions),
    auc: aucInterval(predictions, draws),
    averagePrecision: averagePrecision(predictions),
    brier: brier(predictions),
    brierSkill: skillInterval(predictions, reference ?? baseRate(predictions), draws),
    calibration: calibrationLine(predictions),
    calibrationError: calibrationError(predictions),
    calibrationNoise: calibrationNoise(predictions),
    reliability: reliabilityBins(predictions),
    roc: rocCurve(predictions),
    precisionAt10: precisionAt(predictions, 0.1 * predictions.length),
    precisionAt20: precisionAt(predictions, 0.2 * predictions.length),
    liftAt10: lift(predictions, 0.1),
    captureAt10: capture(predictions, 0.1),
    captureAt20: capture(predictions, 0.2),
  };
}

/** Brier skill with its interval by resampling accounts. */
function skillInterval(predictions: readonly Prediction[], reference: number, draws: number): Interval {
  const groups = [...Map.groupBy(predictions, (one) => one.account).values()].map((own) => ({
    own: own.reduce((sum, one) => sum + (one.probability - Number(one.lost)) ** 2, 0),
    base: own.reduce((sum, one) => sum + (reference - Number(one.lost)) ** 2, 0),
  }));
  const random = seeded(2);
  const values = Array.from({ length: draws }, () => {
    let [own, base] = [0, 0];
    for (let i = 0; i < groups.length; i++) {
      const group = groups[Math.floor(random() * groups.length)];
      own += group?.own ?? 0;
      base += group?.base ?? 0;
    }
    return 1 - own / base;
  });
  return { value: brierSkill(predictions, reference), ...percentiles(values, 0.95) };
}
