import type { Model, ModelFile } from '../model/model';
import { withVersion } from '../model/model-version';
import file from './default-1.json';

let made: Model | undefined;

/** The model that ships: src/models/default-1.json. A spec proves that it passes `parseModel`. */
export function defaultModel(): Model {
  made ??= withVersion(file as unknown as ModelFile);
  return made;
}
