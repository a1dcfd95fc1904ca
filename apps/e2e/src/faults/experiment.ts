import type { Random } from './random';
import type { Stage } from './stage';

/** What was seen beside the verdict: numbers with their unit in the name, or words. */
export type Facts = Readonly<Record<string, number | string>>;

export interface Outcome {
  /** What must not be; empty when all is well. */
  readonly violations: readonly string[];
  readonly facts: Facts;
}

/** One run of an experiment. */
export interface Trial {
  readonly stage: Stage;
  readonly random: Random;
  /** `short` checks the invariants; `long` takes longer, is larger, and checks the figures of time and memory as well. */
  readonly form: 'short' | 'long';
  /** Where this run's ledger, and what was read of Tenure, are kept. */
  readonly folder: string;
}

/** A fault with what must hold under it. `id` is the one of the catalogue in docs/faults.md. */
export interface Experiment {
  readonly id: string;
  readonly title: string;
  run(trial: Trial): Promise<Outcome>;
}

/** `text` where something is not as it must be. */
export const unless = (holds: boolean, text: string): string[] => (holds ? [] : [text]);

/** The value below which this share of the list lies; NaN of none. */
export function quantile(list: readonly number[], share: number): number {
  const sorted = list.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
