import type { ParsedModel } from './model';

/** Checks a model file against the schema and its own names; all errors at once, each with a JSON pointer. */
export function parseModel(_json: unknown): ParsedModel {
  throw new Error('in work');
}
