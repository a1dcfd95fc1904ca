import type { Features } from '../features/feature';
import type { Model } from '../model/model';
import type { HealthScore, ScoreContext } from './health';

/** The score of features under a model. Contributions add up exactly to the score. */
export function score(_features: Features, _model: Model, _context: ScoreContext = {}): HealthScore {
  throw new Error('in work');
}
