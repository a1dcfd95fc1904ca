/** From `since` (milliseconds) on, a user belongs to this account. A reference that is not a user has one, from the start. */
export interface Stay {
  readonly since: number;
  readonly accountId: string;
}

/**
 * The account at an instant: the newest stay that had begun. What happened before the first known `group` counts to
 * the first: people sign up, try, and are put into their account moments later.
 * @param stays in any order
 */
export function accountAsOf(stays: readonly Stay[], atMs: number): string | undefined {
  let current: Stay | undefined;
  let first: Stay | undefined;
  for (const stay of stays) {
    if (stay.since <= atMs && (!current || later(stay, current))) current = stay;
    if (!first || later(first, stay)) first = stay;
  }
  return (current ?? first)?.accountId;
}

/** Two stays of one instant are ordered by account, so that every order of arrival gives the same answer. */
function later(a: Stay, b: Stay): boolean {
  return a.since === b.since ? a.accountId > b.accountId : a.since > b.since;
}
