import type { HealthScoreChanged } from '@tenure/contracts';

/** What is known of the score that the last forecast used. */
export interface UsedScore {
  readonly version: number;
  readonly score: number | null;
  readonly band: string;
}

/** Scores move by hundredths with every event; a forecast is worth making again from a whole point on. */
const POINT = 1;

/** Whether a score is newer than the one that was used, and different enough. */
export function noticeably(used: UsedScore | undefined, next: HealthScoreChanged | undefined): boolean {
  if (!next || (used && next.version <= used.version)) return false;
  if (!used || used.band !== next.band) return true;
  return Math.abs((used.score ?? -POINT) - (next.score ?? -POINT)) >= POINT;
}
