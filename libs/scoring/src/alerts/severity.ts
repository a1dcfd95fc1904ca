import type { Severity, SeverityStep } from '../signals/signal';

export interface SeverityContext {
  readonly daysToDecision: number | null;
  readonly arrInTopDecile: boolean;
  /** 0–1 */
  readonly coverage: number;
  /** The evaluation's own step (worse than its base level, or only suspected). */
  readonly step?: SeverityStep;
}

export interface GradedSeverity {
  readonly severity: Severity;
  readonly reason: string;
}

export const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high', 'critical'];

export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

const NEAR_DECISION_DAYS = 120;
const THIN_COVERAGE = 0.6;

/** Base level; +1 decision under 120 days away, +1 ARR in the tenant's top decile, −1 coverage under 60 %. */
export function severity(base: Severity, context: SeverityContext): GradedSeverity {
  const steps = stepsOf(context);
  const rank = severityRank(base) + steps.reduce((sum, [step]) => sum + step, 0);
  const level = SEVERITIES[Math.min(SEVERITIES.length - 1, Math.max(0, rank))] ?? base;
  return { severity: level, reason: [`Base level ${base}`, ...steps.map(([, text]) => text)].join('; ') + '.' };
}

function stepsOf({ step = 0, daysToDecision, arrInTopDecile, coverage }: SeverityContext): [number, string][] {
  const steps: [number, string][] = [];
  if (step > 0) steps.push([1, '+1: the condition is worse than usual']);
  if (step < 0) steps.push([-1, '−1: only suspected']);
  if (daysToDecision !== null && daysToDecision < NEAR_DECISION_DAYS)
    steps.push([1, `+1: ${distance(daysToDecision)}`]);
  if (arrInTopDecile) steps.push([1, '+1: ARR among the top tenth of the customers']);
  if (coverage < THIN_COVERAGE) steps.push([-1, `−1: only ${Math.floor(coverage * 100)} % of the data is there`]);
  return steps;
}

function distance(days: number): string {
  if (days < 0) return `the decision date passed ${-days} ${days === -1 ? 'day' : 'days'} ago`;
  return `the decision date is ${days} ${days === 1 ? 'day' : 'days'} away`;
}
