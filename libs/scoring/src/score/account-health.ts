import type { AccountHistory } from '../history/account-history';
import type { AsOf } from '../history/as-of';
import type { Model } from '../model/model';
import type { AccountHealth, ScoreContext } from './health';

/** `features` and `score` with the trend against 28 days before under the same model. */
export function accountHealth(
  _history: AccountHistory,
  _asOf: AsOf,
  _model: Model,
  _context: ScoreContext = {},
): AccountHealth {
  throw new Error('in work');
}
