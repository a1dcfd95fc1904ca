import type { ChurnModel, ChurnRow } from './churn-model';
import { scaleAt } from './churn-probability';
import { curveAt } from './curve-design';
import { sigmoid } from './logistic';

/** Log-odds of a stored row under a model: the sum that `churnProbability` tells part by part. */
export function rowLogOddsUnder(model: ChurnModel, row: ChurnRow): number {
  const { slope, intercept } = scaleAt(model.horizons, row.contract === 'monthly' ? 90 : row.horizon);
  let own = model.base;
  for (const term of model.terms) {
    const value = row.values[term.metric];
    own += value === null || value === undefined ? term.missing : curveAt(term.knots, term.curve, value) - term.centre;
  }
  const words = { segment: row.segment, contract: row.contract, 'auto-renew': row.autoRenew ? 'yes' : 'no' };
  for (const { name, logOdds } of model.factors) own += logOdds[words[name]] ?? 0;
  return intercept + slope * own;
}

export function rowProbability(model: ChurnModel, row: ChurnRow): number {
  return sigmoid(rowLogOddsUnder(model, row));
}
