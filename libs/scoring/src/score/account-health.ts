import { features } from '../features/features';
import type { AccountHistory } from '../history/account-history';
import type { AsOf } from '../history/as-of';
import type { Model } from '../model/model';
import { DAY_MS } from '../time/day';
import type { AccountHealth, ScoreContext } from './health';
import { score } from './score';

const TREND_MS = 28 * DAY_MS;

/**
 * `features` and `score` with the trend: the score minus the one 28 days before, under the same model, as known then.
 * An override is left out of the trend: a person's say is no change of the account.
 */
export function accountHealth(
  history: AccountHistory,
  asOf: AsOf,
  model: Model,
  context: ScoreContext = {},
): AccountHealth {
  const now = features(history, asOf);
  const scored = score(now, model, context);
  const own = context.override ? score(now, model).score : scored.score;
  return { ...scored, asOf: now.asOf, trend: trendOf(history, asOf, model, own) };
}

function trendOf(history: AccountHistory, asOf: AsOf, model: Model, now: number | null): number | null {
  if (now === null || asOf.at - TREND_MS < history.firstSeen) return null;
  const before = features(history, { at: asOf.at - TREND_MS, knownAt: asOf.knownAt - TREND_MS });
  const then = score(before, model).score;
  return then === null ? null : Math.round((now - then) * 100) / 100;
}
