import type { Children } from './children';
import type { Print } from './line';

/** What every benchmark is given. */
export interface Surroundings {
  readonly print: Print;
  /** Everything that it starts ends with the run. */
  readonly children: Children;
}

/** A benchmark prints its lines and leaves nothing running. */
export type Bench = (around: Surroundings) => Promise<void>;
