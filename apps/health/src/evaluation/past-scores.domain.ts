import {
  type AccountHealth,
  type AccountHistory,
  asOf,
  type Band,
  DAY_MS,
  features,
  type HealthScore,
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
 * The scores that a model gives at these instants, which ascend: each as it was known then, its band held back by the one
 * before as it would have been. What lies before the account was first seen is left out.
 */
export function scoresAt(
  history: AccountHistory,
  instants: readonly number[],
  model: Model,
): { readonly at: number; readonly asOf: string; readonly scored: HealthScore }[] {
  const found: { at: number; asOf: string; scored: HealthScore }[] = [];
  for (const at of instants) {
    if (at < history.firstSeen) continue;
    const band: Band | undefined = found.at(-1)?.scored.band;
    const then = features(history, asOf(at));
    found.push({ at, asOf: then.asOf, scored: score(then, model, band ? { previousBand: band } : {}) });
  }
  return found;
}

/**
 * The scores of the last year, a fortnight apart, oldest first: the same two calls as the live score, at other dates, with
 * what was known then. The trend is against the score two steps before, which is 28 days.
 */
export function pastScores(history: AccountHistory, now: number, model: Model): PastScore[] {
  const instants = Array.from({ length: fortnights }, (_, step) => now - (fortnights - step) * fortnightMs);
  const scores = scoresAt(history, instants, model);
  return scores.map(({ at, asOf: day, scored }, index) => {
    const before = scores[index - 2]?.scored.score ?? null;
    const trend = scored.score === null || before === null ? null : Math.round((scored.score - before) * 100) / 100;
    const turned = scored.band !== scores[index - 1]?.scored.band;
    const fourthWeek = Math.round((now - at) / fortnightMs) % 2 === 0;
    return { at, health: { ...scored, asOf: day, trend }, told: turned || fourthWeek };
  });
}
