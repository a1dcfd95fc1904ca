import type { Model } from '../model/model';

/** The model that ships: src/models/default-1.json. */
export function defaultModel(): Model {
  throw new Error('in work');
}
