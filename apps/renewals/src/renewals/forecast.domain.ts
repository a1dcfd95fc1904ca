import type { HealthScoreChanged, RenewalCategory, RenewalStage } from '@tenure/contracts';
import {
  type ChurnProbability,
  type ContractTerms,
  defaultModel,
  type Feature,
  FEATURE_NAMES,
  type FeatureName,
  type Features,
  priorChurnProbability,
  type ProbabilityPart,
} from '@tenure/scoring';
import type { Lead } from './horizon.domain';
import type { RenewalFacts } from './renewal-candidates.domain';

/** What is kept of an account's health score. */
export type KnownHealth = Pick<HealthScoreChanged, 'score' | 'band' | 'asOf' | 'contributions'>;

/** A contract that is drafted to follow others. */
export interface Proposal {
  readonly replaces: readonly string[];
  readonly currency: string;
  readonly arrMinor: number;
}

/** What the model says of a renewal. Money in minor units. */
export interface Forecast {
  readonly stage: RenewalStage;
  readonly category: RenewalCategory;
  /** P(it is renewed), to the hundredth. */
  readonly probability: number;
  /** What it is expected to be renewed at, if it is. */
  readonly amountMinor: number;
  readonly why: string;
  readonly parts: readonly ProbabilityPart[];
}

/** Everything that a forecast rests on beside the contracts. */
export interface Standing {
  readonly health: KnownHealth | null;
  readonly proposals: readonly Proposal[];
  readonly lead: Lead;
  readonly today: number;
}

/** From these probabilities on; below the second it is at risk. */
const COMMIT = 0.85;
const BEST_CASE = 0.65;
const TOLD_PARTS = 5;

/** The model's view of a renewal: experts' priors on what the health score measured, and the state of the contracts. */
export function forecast(facts: RenewalFacts, standing: Standing): Forecast {
  const churn = churnOf(standing.health, facts);
  const probability = Math.round((1 - churn.probability) * 100) / 100;
  const proposal = standing.proposals.find(
    ({ replaces, currency }) => currency === facts.currency && replaces.some((id) => facts.contractIds.includes(id)),
  );
  return {
    stage: stageOf(facts, standing, proposal !== undefined),
    category: categoryOf(facts, standing.health, probability),
    probability,
    amountMinor: proposal?.arrMinor ?? facts.dueMinor,
    why: reasonOf(churn, probability),
    parts: churn.parts,
  };
}

/** P(no renewal), a prior; also what the probability to cancel a monthly plan is derived from. */
export function churnOf(health: KnownHealth | null, facts: ContractFacts): ChurnProbability {
  return priorChurnProbability(featuresOf(health), termsOf(facts));
}

type ContractFacts = Pick<RenewalFacts, 'leaving' | 'overdue' | 'autoRenew' | 'endDay'>;

function stageOf({ decisionDay }: RenewalFacts, { lead, today }: Standing, proposed: boolean): RenewalStage {
  if (proposed) return 'in-discussion';
  return decisionDay - today <= lead.preparing ? 'preparing' : 'upcoming';
}

function categoryOf(facts: RenewalFacts, health: KnownHealth | null, probability: number): RenewalCategory {
  if (facts.leaving) return 'churn';
  if (facts.overdue || health?.band === 'red' || probability < BEST_CASE) return 'at-risk';
  return probability >= COMMIT ? 'commit' : 'best-case';
}

function reasonOf({ parts }: ChurnProbability, probability: number): string {
  const told = parts.toSorted((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds)).slice(0, TOLD_PARTS);
  const sentences = told.map(({ reason, logOdds }) => `${reason} (${logOdds > 0 ? '+' : '−'}${size(logOdds)})`);
  const head = `Renews with ${Math.round(probability * 100)} %, a prior that was not fitted to outcomes yet.`;
  return [head, 'Log-odds to leave:', sentences.join('; ')].join(' ').slice(0, 2_000);
}

const size = (logOdds: number): string => Math.abs(logOdds).toFixed(1);

const unknown: Feature = { value: null, reason: 'The health score does not tell.', evidence: [] };
/** A tenant's own model names its measures as it likes; what it reads is one of these. */
const knownMetric = (name: string | null | undefined): FeatureName | undefined =>
  FEATURE_NAMES.find((metric) => metric === name);

/** For scores that were told before they named their metrics. */
const metricOf = new Map(defaultModel().measures.map(({ name, metric }) => [name, metric]));

/** The score's contributions carry the numbers that the prior is about; what they do not carry is missing, not zero. */
function featuresOf(health: KnownHealth | null): Features {
  const values = Object.fromEntries(FEATURE_NAMES.map((name) => [name, unknown])) as Record<FeatureName, Feature>;
  for (const { measure, metric: named, value, reason } of health?.contributions ?? []) {
    const metric = measure === 'cap:champion-left' ? 'champions-left' : (knownMetric(named) ?? metricOf.get(measure));
    if (metric) values[metric] = { value: metric === 'champions-left' ? 1 : value, reason, evidence: [] };
  }
  return { asOf: health?.asOf.slice(0, 10) ?? '', segment: null, stage: null, values };
}

/** The terms as the prior reads them, of the contracts of this renewal alone. */
function termsOf({ leaving, overdue, autoRenew, endDay }: ContractFacts): ContractTerms {
  return {
    arrByCurrency: {},
    arrSource: 'contracts',
    decisionDate: null,
    daysToDecision: null,
    nextEnd: endDay,
    nextContractId: null,
    autoRenew,
    notice: leaving ? { contractId: '', day: endDay, end: endDay, reason: null } : null,
    overdue: overdue ? [{ contractId: '', end: endDay, daysOverdue: 1 }] : [],
    seats: null,
    inForce: [],
  };
}
