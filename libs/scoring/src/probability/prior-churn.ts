import type { ContractTerms } from '../contracts/terms';
import type { Features } from '../features/feature';
import type { ChurnProbability } from './churn';

/** Additive log-odds from experts' priors; cold start, labelled so. */
export function priorChurnProbability(_features: Features, _terms: ContractTerms): ChurnProbability {
  throw new Error('in work');
}
