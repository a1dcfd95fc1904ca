import type { Unit, Window } from '../features/feature';
import type { Evidence } from './signal';

/** An evidence line; what is not given is not known. Numbers have two decimals at most: people read them. */
export function evidence(
  label: string,
  metric: string,
  unit: Unit,
  known: Partial<Omit<Evidence, 'label' | 'metric' | 'unit'>> & { readonly window?: Window | null },
): Evidence {
  const { value = null, baseline = null, threshold = null, ...rest } = known;
  const numbers = { value: short(value), baseline: short(baseline), threshold: short(threshold) };
  return { label, metric, unit, ...numbers, window: null, ids: [], url: null, ...rest };
}

const short = (value: number | null) => (value === null ? null : Math.round(value * 100) / 100);
