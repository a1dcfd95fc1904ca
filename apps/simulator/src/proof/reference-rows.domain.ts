import { proofEstates } from './accuracy.domain';
import { studyEstates } from './study.domain';

/** Seeds that serve nothing but the reference, and renewals of each. */
const seeds = [
  ['reference-1', 6_812],
  ['reference-2', 7_450],
] as const;
const horizon = 60;

/** What make-reference.py learns from: one renewal a line, its observables and whether it was lost. */
export function referenceRows(): string[] {
  return seeds.flatMap(([seed, renewals]) =>
    studyEstates(proofEstates(seed, 'normal'), renewals, (estate) => ({
      horizons: [horizon],
      from: estate.start + 120,
      to: estate.until,
      observablesAt: horizon,
    })).map(({ observables, row }) => JSON.stringify({ observables, lost: row.lost })),
  );
}
