import type { AccountKey } from '@tenure/platform';
import type { AccountHistory, AccountUser, UserKind } from '@tenure/scoring';

import type { HotState } from './hot-state.domain';

/** One account in memory. `state` is replaced when something changes; usage alone is added in place. */
export class HotAccount {
  readonly ordinals: Map<string, number>;

  constructor(
    readonly key: AccountKey,
    public state: HotState,
  ) {
    this.ordinals = new Map(state.history.users.map((user) => [user.id, user.ordinal]));
  }

  get history(): AccountHistory {
    return this.state.history;
  }

  addUser(user: { readonly userId: string; readonly ordinal: number; readonly kind: UserKind }): void {
    this.ordinals.set(user.userId, user.ordinal);
    this.put({ users: [...this.history.users, unknownUser(user.userId, user.ordinal, user.kind)] });
  }

  put(change: Partial<AccountHistory>): void {
    this.state = { ...this.state, history: { ...this.history, ...change } };
  }
}

/** A user of whom only events are known: active, of the kind that the first event said. */
export function unknownUser(id: string, ordinal: number, kind: UserKind): AccountUser {
  return { id, ordinal, states: [{ at: 0, knownAt: 0, state: { kind, active: true, licensed: null } }] };
}
