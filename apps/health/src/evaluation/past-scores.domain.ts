import {
  type AccountHealth,
  type AccountHistory,
  asOf,
  type Band,
  DAY_MS,
  features,
  type Model,
  score,
} from '@tenure/scoring';

/** A score of the past, as the events of then give it. */
export interface PastScore {
  readonly at: number;
  readonly health: AccountHealth;
  /** Worth telling: the first, every fourth week, and where the band turned. */
  readonly told: boolean;
}

const fortnights = 26;
const fortnightMs = 14 * DAY_MS;

/**
 * The scores of the last year, a fortnight apart, oldest first: the same two calls as the live score, at other dates, with
 * what was known then. The trend is against the score two steps before, which is 28 days. What lies before the account
 * was first seen is left out.
 */
export function pastScores(history: AccountHistory, now: number, model: Model): PastScore[] {
  const found: PastScore[] = [];
  for (let ago = fortnights; ago > 0; ago -= 1) {
    const at = now - ago * fortnightMs;
    if (at < history.firstSeen) continue;
    const band: Band | undefined = found.at(-1)?.health.band;
    const then = features(history, asOf(at));
    const scored = score(then, model, band ? { previousBand: band } : {});
    const before = found.at(-2)?.health.score ?? null;
    const trend = scored.score === null || before === null ? null : Math.round((scored.score - before) * 100) / 100;
    found.push({ at, health: { ...scored, asOf: then.asOf, trend }, told: scored.band !== band || ago % 2 === 0 });
  }
  return found;
}
