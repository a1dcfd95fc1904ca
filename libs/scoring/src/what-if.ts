/**
 * What a page needs to score accounts by a model that is being edited: the same pure functions as the live score, without
 * the parts that read histories or check files.
 */
export type { FeatureName, Features } from './features/feature';
export { FEATURE_NAMES } from './features/feature';
export type { Curve, Measure, Model, ModelFile } from './model/model';
export { pointsOn } from './model/curve';
export { withVersion } from './model/model-version';
export type { Band } from './score/health';
export { score } from './score/score';
