import type { Unit, Window } from '../features/feature';
import type { Evidence } from './signal';

/** An evidence line; what is not given is not known. */
export function evidence(
  label: string,
  metric: string,
  unit: Unit,
  known: Partial<Omit<Evidence, 'label' | 'metric' | 'unit'>> & { readonly window?: Window | null },
): Evidence {
  return {
    label,
    metric,
    unit,
    value: null,
    baseline: null,
    threshold: null,
    window: null,
    ids: [],
    url: null,
    ...known,
  };
}
