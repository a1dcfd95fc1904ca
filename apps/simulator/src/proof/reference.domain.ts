import { sigmoid } from '@tenure/scoring';
import fitted from './reference.json';

/** A leaf's log-odds, or [observable, threshold, where a missing value goes (1 = left), left, right]. */
type Tree = number | readonly [observable: number, threshold: number, missing: number, left: Tree, right: Tree];

interface Reference {
  readonly made: string;
  readonly trees: readonly Tree[];
}

/**
 * P(lost) by the best that a large sample finds in the observables: gradient-boosted trees, learned once on 14,262 renewals of
 * seeds that serve nothing else (make-reference.py); only the numbers are here.
 */
export function referenceProbability(values: readonly number[]): number {
  const { trees } = fitted as unknown as Reference;
  return sigmoid(trees.reduce<number>((sum, tree) => sum + leafOf(tree, values), 0));
}

function leafOf(tree: Tree, values: readonly number[]): number {
  let at = tree;
  while (typeof at !== 'number') {
    const [observable, threshold, missing, left, right] = at;
    const value = values[observable] ?? Number.NaN;
    at = (Number.isNaN(value) ? missing === 1 : value <= threshold) ? left : right;
  }
  return at;
}
