import type { AccountHistory } from '../history/account-history';
import type { AsOf } from '../history/as-of';
import type { Features } from './feature';

/** All features of an account at a standpoint. Pure; the same call serves live, what-if and backtest. */
export function features(_history: AccountHistory, _asOf: AsOf): Features {
  throw new Error('in work');
}
