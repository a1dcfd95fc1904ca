import type { Evidence } from '../../api/types';

/** A line of evidence; all but its label can be missing. */
export type EvidenceLine = Pick<Evidence, 'label'> & Partial<Evidence>;

function one(value: number | string | null | undefined, unit: string | null | undefined): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'string') return value;
  if (unit === '%' || unit === 'percent') return `${trim(value)}\u202f%`;
  return unit && unit.length <= 12 ? `${trim(value)} ${unit}` : trim(value);
}

function trim(value: number): string {
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 1 }).format(value);
}

/** One line of evidence as text: what it is now, what it usually is, where the line is drawn, over which time. */
export function evidenceFacts(evidence: EvidenceLine): { now: string | null; facts: string[] } {
  const baseline = one(evidence.baseline, evidence.unit);
  const threshold = one(evidence.threshold, evidence.unit);
  return {
    now: one(evidence.value, evidence.unit),
    facts: [
      ...(baseline ? [`usually ${baseline}`] : []),
      ...(threshold ? [`threshold ${threshold}`] : []),
      ...(evidence.window ? [evidence.window] : []),
    ],
  };
}

/** How much lower or higher than its baseline a number is, as a share; null where that says nothing. */
export function change(evidence: EvidenceLine): number | null {
  const { value, baseline } = evidence;
  if (typeof value !== 'number' || typeof baseline !== 'number' || baseline <= 0) return null;
  return value / baseline - 1;
}
