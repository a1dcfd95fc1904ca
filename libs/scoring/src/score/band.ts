import type { Model } from '../model/model';
import type { Band } from './health';

/** The band of a score, with hysteresis: a band that stood before is kept down to its `leave`. */
export function bandOf(score: number, bands: Model['bands'], previous?: Band): 'green' | 'yellow' | 'red' {
  const green = previous === 'green' ? bands.green.leave : bands.green.enter;
  if (score >= green) return 'green';
  const yellow = previous === 'green' || previous === 'yellow' ? bands.yellow.leave : bands.yellow.enter;
  return score >= yellow ? 'yellow' : 'red';
}
