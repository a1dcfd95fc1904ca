import {
  accountHealth,
  type AccountHealth,
  alertTransition,
  type AlertTransition,
  asOf,
  type ContractTerms,
  contractTerms,
  evaluateSignals,
  features,
  type Features,
  type GradedSeverity,
  type Model,
  type Override,
  type ScoreContext,
  severity,
  type SignalEvaluation,
  type SignalParameters,
  stateAt,
  statesAt,
  DAY_MS,
  dayStart,
  zonedDay,
} from '@tenure/scoring';

import type { HotState } from '../history/hot-state.domain';
import type { HeldOverride } from '../opinions/override.domain';
import type { TenantComparison } from '../tenants/tenant-comparison.domain';

/** The due kind of "this account could change by the clock alone". */
export const evaluationDue = 'evaluate';

/** One signal's judgement, and what it does to its alert. */
export interface SignalOutcome {
  readonly evaluation: SignalEvaluation;
  readonly graded: GradedSeverity;
  readonly transition: AlertTransition;
}

/** Everything a judgement of one account decides. */
export interface Evaluation {
  readonly at: number;
  readonly health: AccountHealth;
  readonly features: Features;
  readonly terms: ContractTerms;
  readonly arr: { readonly minor: number; readonly currency: string } | null;
  readonly signals: readonly SignalOutcome[];
  /** Tickets opened in the last 14 days, for the segment's rate. */
  readonly ticketsIn14Days: number;
  /** When the clock alone could change any of it. */
  readonly dueAt: number;
  /** Equal fingerprints: no reader would see a difference. */
  readonly fingerprint: string;
}

/** What the judgement is taken with. */
export interface Standards {
  readonly model: Model;
  readonly comparison: TenantComparison;
  /** What the tenant set of its signals; absent: the catalogue's own. */
  readonly parameters?: SignalParameters;
  /** Conditions that are already true are marked as pre-existing: the account is judged for the first time after an import. */
  readonly preexisting: boolean;
}

/** Judges one account at an instant. Pure: the same state, instant and standards give the same answer. */
export function evaluate(state: HotState, at: number, standards: Standards): Evaluation {
  const { history } = state;
  const when = asOf(at);
  const health = accountHealth(history, when, standards.model, scoreContext(state, at));
  const terms = contractTerms(history, when);
  const arr = arrOf(terms);
  const segment = stateAt(history.profile, when)?.segment ?? '';
  const rates = standards.comparison.segments.get(segment);
  const context = { ...(rates && { segment: rates }), incidentOpen: state.facts.incidentOpen };
  const evaluations = evaluateSignals(history, when, context, state.signals, standards.parameters);
  const signals = evaluations.map((evaluation) => outcome(state, evaluation, at, { health, terms, arr, standards }));
  return {
    at,
    health,
    features: features(history, when),
    terms,
    arr,
    signals,
    ticketsIn14Days: statesAt(history.tickets, when).filter(({ state: ticket }) => ticket.openedAt > at - 14 * DAY_MS)
      .length,
    dueAt: Math.min(nextDay(at, history.timeZone), ...signals.flatMap(dueOf), ...overrideEnds(state, at)),
    fingerprint: fingerprintOf(health),
  };
}

/** The band before, and what a person set, while it holds. */
export function scoreContext({ score, override }: HotState, at: number): ScoreContext {
  const held = override && override.at <= at && at < override.expiresAt ? override : null;
  return {
    ...(score && { previousBand: score.band }),
    ...(held && { override: personsOverride(held) }),
  };
}

export function personsOverride({ score, band, reason, by }: HeldOverride): Override {
  return { ...(score !== null && { score }), ...(band !== null && { band }), reason, by };
}

function overrideEnds({ override }: HotState, at: number): number[] {
  return override && override.expiresAt > at ? [override.expiresAt] : [];
}

function outcome(
  state: HotState,
  evaluation: SignalEvaluation,
  at: number,
  from: { health: AccountHealth; terms: ContractTerms; arr: Evaluation['arr']; standards: Standards },
): SignalOutcome {
  const decile = from.arr ? from.standards.comparison.topDecile.get(from.arr.currency) : undefined;
  const graded = severity(evaluation.baseSeverity, {
    daysToDecision: from.terms.daysToDecision,
    arrInTopDecile: from.arr !== null && decile !== undefined && from.arr.minor >= decile,
    coverage: from.health.coverage,
    step: evaluation.severityStep,
  });
  const held = state.alerts[evaluation.signal]?.state ?? null;
  const transition = alertTransition(held, evaluation, graded, at);
  return { evaluation, graded, transition: marked(transition, from.standards.preexisting) };
}

function marked(transition: AlertTransition, preexisting: boolean): AlertTransition {
  if (!preexisting || transition.change !== 'opened' || !transition.alert) return transition;
  return { ...transition, alert: { ...transition.alert, preexisting: true } };
}

/** The ARR in the currency of most of it; accounts with two currencies are rare and are told apart by renewals. */
export function arrOf(terms: ContractTerms): Evaluation['arr'] {
  const [largest] = Object.entries(terms.arrByCurrency).sort(([, a], [, b]) => b - a);
  return largest ? { currency: largest[0], minor: largest[1] } : null;
}

function dueOf({ evaluation, transition }: SignalOutcome): number[] {
  return [evaluation.nextDueAt, transition.nextDueAt].filter((due) => due !== null);
}

/** Windows slide at midnight of the account, so every score is looked at once a day. */
function nextDay(at: number, timeZone: string): number {
  return Math.max(dayStart(zonedDay(at, timeZone) + 1, timeZone), at + DAY_MS / 48);
}

function fingerprintOf(health: AccountHealth): string {
  const { score, band, trend, coverage, contributions, modelVersion } = health;
  const points = contributions.map((each) => [each.measure, each.points, each.maxPoints]);
  return JSON.stringify([score, band, trend, coverage, modelVersion, points]);
}
