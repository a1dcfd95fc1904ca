import type { Model } from '../model/model';
import { score } from '../score/score';
import type { Snapshot } from './rows';

/** Something that ranks accounts by risk from one look; higher = more at risk. */
export interface Rater {
  readonly name: string;
  readonly rate: (snapshot: Snapshot) => number;
}

/** An account about which a rater knows nothing stands in the middle, not at an end. */
const UNKNOWN = NaN;

/** What a model has to beat, simple on purpose. `Number` of the contract: monthly plans leave most, long ones least. */
export function baselineRaters(handWeighted: Model): Rater[] {
  return [
    { name: 'base rate', rate: () => 0 },
    { name: 'contract type', rate: ({ row }) => ({ monthly: 2, annual: 1, 'multi-year': 0 })[row.contract] },
    { name: 'days since last activity', rate: ({ features }) => features.values['days-since-usage'].value ?? UNKNOWN },
    { name: 'utilisation only', rate: ({ features }) => -(features.values['seat-utilisation'].value ?? UNKNOWN) },
    scoreRater('hand-weighted score', handWeighted),
  ];
}

/** The health score under a model, turned round. */
export function scoreRater(name: string, model: Model): Rater {
  return { name, rate: ({ features }) => -(score(features, model).score ?? UNKNOWN) };
}

/** NaN becomes the median of the others. */
export function filled(ratings: readonly number[]): number[] {
  const known = ratings.filter((one) => !Number.isNaN(one)).sort((a, b) => a - b);
  const middle = known[Math.floor(known.length / 2)] ?? 0;
  return ratings.map((one) => (Number.isNaN(one) ? middle : one));
}
