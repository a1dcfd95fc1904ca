import type { ContractTerms } from '../contracts/terms';
import type { Features } from '../features/feature';
import type { ChurnProbability, ProbabilityPart } from './churn';
import type { ChurnModel, ContractType, FittedTerm, HorizonScale } from './churn-model';
import { curveAt } from './curve-design';
import { sigmoid } from './logistic';

/** What is known of the contract beside its terms; default: by the year. */
export interface ChurnContext {
  readonly contract?: ContractType;
}

/**
 * P(no renewal at the decision ahead), additive in log-odds. Parts of a fitted model are distances from the average account
 * of the data: what such accounts did, "associated with", not "because of".
 */
export function churnProbability(
  features: Features,
  terms: ContractTerms,
  model: ChurnModel,
  { contract = 'annual' }: ChurnContext = {},
): ChurnProbability {
  const scale = scaleAt(model.horizons, contract === 'monthly' ? 90 : (terms.daysToDecision ?? 90));
  const parts: ProbabilityPart[] = [
    { name: 'base', logOdds: scale.intercept + scale.slope * model.base, reason: baseReason(model) },
    ...model.terms.flatMap((term) => partOf(term, features, model, scale.slope)),
    ...factorParts(model, { segment: features.segment ?? '', contract, autoRenew: terms.autoRenew }, scale.slope),
    ...decidedParts(terms),
  ];
  const logOdds = parts.reduce((sum, part) => sum + part.logOdds, 0);
  return { probability: sigmoid(logOdds), logOdds, basis: model.basis, modelVersion: model.version, parts };
}

function baseReason({ basis, baseRate }: ChurnModel): string {
  if (basis === 'prior' || baseRate === null) return 'About one in nine B2B contracts is not renewed (prior).';
  return `An average account of the data; ${Math.round(baseRate * 1000) / 10} % of its renewals were lost.`;
}

function partOf(term: FittedTerm, features: Features, { basis }: ChurnModel, slope: number): ProbabilityPart[] {
  const { value, reason } = features.values[term.metric];
  const own = value === null ? term.missing : curveAt(term.knots, term.curve, value) - term.centre;
  if (value === null && own === 0) return [];
  const logOdds = slope * own;
  return [{ name: term.name, logOdds, reason: basis === 'prior' ? reason : `${reason} ${associated(logOdds)}` }];
}

function associated(logOdds: number): string {
  if (Math.abs(logOdds) < 0.05) return 'That is about usual.';
  const times = Math.exp(Math.abs(logOdds));
  const factor = times >= 10 ? String(Math.round(times)) : times.toFixed(1);
  return `Associated with ${factor} times ${logOdds > 0 ? 'higher' : 'lower'} odds of losing it.`;
}

interface Words {
  readonly segment: string;
  readonly contract: ContractType;
  readonly autoRenew: boolean;
}

function factorParts(model: ChurnModel, words: Words, slope: number): ProbabilityPart[] {
  const word = { segment: words.segment, contract: words.contract, 'auto-renew': words.autoRenew ? 'yes' : 'no' };
  return model.factors.flatMap(({ name, logOdds }) => {
    const own = logOdds[word[name]];
    if (own === undefined || own === 0) return [];
    return [{ name, logOdds: slope * own, reason: factorReason(name, word[name]) }];
  });
}

function factorReason(name: 'segment' | 'contract' | 'auto-renew', word: string): string {
  if (name === 'segment') return `The segment is ${word}.`;
  if (name === 'contract') return `The contract is ${word}.`;
  return word === 'yes' ? 'The contract renews by itself.' : 'The contract has to be signed again.';
}

/** What is decided already outweighs every sign. */
function decidedParts(terms: ContractTerms): ProbabilityPart[] {
  if (terms.notice) return [{ name: 'notice-given', logOdds: 4.5, reason: 'Notice of non-renewal has been given.' }];
  if (terms.overdue.length > 0)
    return [{ name: 'overdue', logOdds: 1, reason: 'The contract has ended and is not signed again.' }];
  return [];
}

/** Calibration between the distances that were fitted; flat outside. */
export function scaleAt(horizons: readonly HorizonScale[], days: number): Omit<HorizonScale, 'days'> {
  const at = (read: (one: HorizonScale) => number) =>
    curveAt(
      horizons.map((one) => one.days),
      horizons.map(read),
      days,
    );
  if (horizons.length === 0) return { slope: 1, intercept: 0 };
  return { slope: at((one) => one.slope), intercept: at((one) => one.intercept) };
}
