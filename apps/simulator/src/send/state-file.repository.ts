import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What a restart has to know: the world that was played, and how far. */
export interface PlayState {
  readonly seed: string;
  readonly accounts: number;
  readonly months: number;
  /** YYYY-MM-DD */
  readonly until: string;
  readonly historyIn: boolean;
  /** Milliseconds since 1970 up to which live events were sent. */
  readonly liveThrough: number;
  /** When live play began for the first time, in the same unit; 0 before. */
  readonly liveSince: number;
}

export function readState(file: string): PlayState | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as PlayState;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`the simulator's state in ${file} cannot be read; remove it to start over`, { cause: error });
  }
}

/** Replaces the file in one step, so that an interrupted write leaves the old one. */
export function writeState(file: string, state: PlayState): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}
