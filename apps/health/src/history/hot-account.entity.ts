import type { AccountKey } from '@tenure/platform';
import type { AccountHistory, AccountUser, UserKind } from '@tenure/scoring';

import type { HotState } from './hot-state.domain';

/** One account in memory. `state` is replaced when something changes; usage alone is added in place. */
export class HotAccount {
  readonly ordinals: Map<string, number>;
  /** What usage said of users who are not human. */
  readonly kinds = new Map<string, UserKind>();
  /** When the due index looks at it next at the latest, as far as it was armed from here. */
  armedFor: number | undefined;

  constructor(
    readonly key: AccountKey,
    public state: HotState,
  ) {
    this.ordinals = new Map(state.history.users.map((user) => [user.id, user.ordinal]));
    for (const { id, states } of state.history.users) this.noteKind(id, states[0]?.state.kind ?? 'human');
  }

  get history(): AccountHistory {
    return this.state.history;
  }

  addUsers(users: readonly { readonly userId: string; readonly ordinal: number; readonly kind: UserKind }[]): void {
    if (users.length === 0) return;
    const added = users.filter((user) => !this.ordinals.has(user.userId));
    const retold = new Map(
      users.filter((user) => this.ordinals.has(user.userId)).map((user) => [user.userId, user.kind]),
    );
    for (const { userId, ordinal, kind } of users) {
      this.ordinals.set(userId, ordinal);
      this.noteKind(userId, kind);
    }
    this.put({
      users: [
        ...(retold.size === 0 ? this.history.users : this.history.users.map((user) => as(user, retold.get(user.id)))),
        ...added.map((user) => unknownUser(user.userId, user.ordinal, user.kind)),
      ],
    });
  }

  private noteKind(userId: string, kind: UserKind): void {
    if (kind !== 'human') this.kinds.set(userId, kind);
  }

  put(change: Partial<AccountHistory>): void {
    this.state = { ...this.state, history: { ...this.history, ...change } };
  }
}

/** A user of whom only events are known: active, of the kind that the first event said. */
export function unknownUser(id: string, ordinal: number, kind: UserKind): AccountUser {
  return { id, ordinal, states: [{ at: 0, knownAt: 0, state: { kind, active: true, licensed: null } }] };
}

/** What usage says of a user stands before what their own events say, which goes over it. */
function as(user: AccountUser, kind: UserKind | undefined): AccountUser {
  const [base, ...told] = user.states;
  return kind && base ? { ...user, states: [{ ...base, state: { ...base.state, kind } }, ...told] } : user;
}
