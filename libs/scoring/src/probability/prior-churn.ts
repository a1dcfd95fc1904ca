import type { ContractTerms } from '../contracts/terms';
import type { Features } from '../features/feature';
import type { ChurnProbability } from './churn';
import type { ChurnModel } from './churn-model';
import { churnProbability, type ChurnContext } from './churn-probability';
import { CHURN_TERMS, PRIOR_AUTO_RENEW, PRIOR_BASE } from './terms';

/** The experts' model: for a cold start, labelled so. Its curves are the prior means of the fitted one. */
export function priorChurnModel(): ChurnModel {
  return {
    version: 'churn-prior-2',
    basis: 'prior',
    base: PRIOR_BASE,
    terms: CHURN_TERMS.map((term) => ({ ...term, curve: term.prior, missing: 0, centre: 0 })),
    factors: [{ name: 'auto-renew', logOdds: { yes: PRIOR_AUTO_RENEW } }],
    horizons: [],
    baseRate: null,
  };
}

/** P(no renewal at the decision date), additive in log-odds from experts' priors; cold start, labelled so. */
export function priorChurnProbability(
  features: Features,
  terms: ContractTerms,
  context: ChurnContext = {},
): ChurnProbability {
  return churnProbability(features, terms, priorChurnModel(), context);
}
