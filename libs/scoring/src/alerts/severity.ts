import type { Severity } from '../signals/signal';

export interface SeverityContext {
  readonly daysToDecision: number | null;
  readonly arrInTopDecile: boolean;
  /** 0–1 */
  readonly coverage: number;
  /** The evaluation's own step (the condition is worse than its base level). */
  readonly step?: 0 | 1;
}

export interface GradedSeverity {
  readonly severity: Severity;
  readonly reason: string;
}

/** Base level; +1 decision under 120 days away, +1 ARR in the tenant's top decile, −1 coverage under 60 %. */
export function severity(_base: Severity, _context: SeverityContext): GradedSeverity {
  throw new Error('in work');
}
