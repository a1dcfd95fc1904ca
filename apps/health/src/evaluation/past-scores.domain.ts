import {
  type AccountHealth,
  accountHealth,
  type AccountHistory,
  asOf,
  type Band,
  DAY_MS,
  type Model,
} from '@tenure/scoring';

/** A score of the past, as the events of then give it. */
export interface PastScore {
  readonly at: number;
  readonly health: AccountHealth;
  /** Worth telling: the first, every fourth week, and where the band turned. */
  readonly told: boolean;
}

const weeks = 52;
const everyWeeks = 4;

/**
 * The scores of the last year, a week apart, oldest first: the same two calls as the live score, at other dates, with what
 * was known then. Weeks before the account was first seen are left out.
 */
export function pastScores(history: AccountHistory, now: number, model: Model): PastScore[] {
  const found: PastScore[] = [];
  let band: Band | undefined;
  for (let ago = weeks; ago > 0; ago -= 1) {
    const at = now - ago * 7 * DAY_MS;
    if (at < history.firstSeen) continue;
    const health = accountHealth(history, asOf(at), model, band ? { previousBand: band } : {});
    found.push({ at, health, told: health.band !== band || ago % everyWeeks === 0 });
    band = health.band;
  }
  return found;
}
