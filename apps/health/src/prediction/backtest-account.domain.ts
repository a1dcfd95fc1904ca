import type { BacktestAccount } from '@tenure/scoring';

import type { AccountState } from '../history/hot-state.domain';

/** An account as a fit and a backtest look at it. */
export function backtestAccount({ key, state }: AccountState, assumed: ReadonlyMap<string, number>): BacktestAccount {
  return {
    tenant: key.tenantId,
    history: state.history,
    csm: state.facts.owner?.email ?? null,
    assumedKnowledge: assumed.get(key.accountId) ?? 0,
  };
}
