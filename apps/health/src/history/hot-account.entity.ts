import type { AccountKey } from '@tenure/platform';
import type { AccountHistory, AccountUser, UserKind } from '@tenure/scoring';

import type { HotState } from './hot-state.domain';

/** One account in memory. `state` is replaced when something changes; usage alone is added in place. */
export class HotAccount {
  readonly ordinals: Map<string, number>;
  /** When the due index looks at it next at the latest, as far as it was armed from here. */
  armedFor: number | undefined;

  constructor(
    readonly key: AccountKey,
    public state: HotState,
  ) {
    this.ordinals = new Map(state.history.users.map((user) => [user.id, user.ordinal]));
  }

  get history(): AccountHistory {
    return this.state.history;
  }

  addUsers(users: readonly { readonly userId: string; readonly ordinal: number; readonly kind: UserKind }[]): void {
    if (users.length === 0) return;
    for (const user of users) this.ordinals.set(user.userId, user.ordinal);
    const added = users.map((user) => unknownUser(user.userId, user.ordinal, user.kind));
    this.put({ users: [...this.history.users, ...added] });
  }

  put(change: Partial<AccountHistory>): void {
    this.state = { ...this.state, history: { ...this.history, ...change } };
  }
}

/** A user of whom only events are known: active, of the kind that the first event said. */
export function unknownUser(id: string, ordinal: number, kind: UserKind): AccountUser {
  return { id, ordinal, states: [{ at: 0, knownAt: 0, state: { kind, active: true, licensed: null } }] };
}
