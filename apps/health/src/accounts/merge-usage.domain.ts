import { type Bitmap, bitmapOf, bitmapOrdinals, type UsageDay } from '@tenure/scoring';

/** A user of the account that ends, and the bit they get in the one that lives on. */
export interface MovedUser {
  readonly userId: string;
  readonly from: number;
  readonly into: number;
  /** True: the other account did not know the user. */
  readonly fresh: boolean;
}

/** Gives every user of one account a bit in the other: their own where both know them, else the next free ones. */
export function movedUsers(from: ReadonlyMap<string, number>, into: ReadonlyMap<string, number>): MovedUser[] {
  let next = into.size;
  return [...from].map(([userId, ordinal]) => {
    const known = into.get(userId);
    return { userId, from: ordinal, into: known ?? next++, fresh: known === undefined };
  });
}

/** A day's row with every bit where the moved users have it. */
export function movedDay(row: UsageDay, users: readonly MovedUser[]): UsageDay {
  const bits = new Map(users.map((user) => [user.from, user.into]));
  const moved = (bitmap: Bitmap): Bitmap =>
    bitmapOf(bitmapOrdinals(bitmap).map((ordinal) => bits.get(ordinal) ?? ordinal));
  const usersByName = Object.entries(row.usersByName ?? {}).map(([name, bitmap]) => [name, moved(bitmap)] as const);
  return { ...row, users: moved(row.users), usersByName: Object.fromEntries(usersByName) };
}
