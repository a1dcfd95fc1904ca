import { contentHash } from '../model/model-version';
import type { ChurnModel } from './churn-model';

/** The model with its version: the hash of everything that can change a probability. */
export function withChurnVersion(content: Omit<ChurnModel, 'version'>): ChurnModel {
  return { ...content, version: `churn-${contentHash(content)}` };
}
