import { zonedDay, dayStart } from '../time/zoned-day';
import type { EpochDay, Instant } from '../time/day';
import type { AccountHistory, AccountUser } from './account-history';
import { versionAt, type AsOf } from './as-of';
import { bitmapOf, isSameBitmap, type Bitmap } from './bitmap';
import type { Attendee, StakeholderState } from './entities';

interface Settled {
  readonly latest: Instant;
  readonly mask: Bitmap;
}

/** Per users array: the mask for every standpoint after its last change, so that a live rescore does not walk all users. */
const settledMasks = new WeakMap<readonly AccountUser[], Settled>();

/** The users who are not human at that standpoint. A user nobody classified counts as human. */
export function nonHumans(history: AccountHistory, when: AsOf): Bitmap {
  const settled = settledMasks.get(history.users) ?? settle(history.users);
  if (Math.min(when.at, when.knownAt) >= settled.latest) return settled.mask;
  // The same object for the same set: what UsageDays remembers depends on it.
  const mask = maskAt(history.users, when);
  return isSameBitmap(mask, settled.mask) ? settled.mask : mask;
}

function settle(users: readonly AccountUser[]): Settled {
  let latest = -Infinity;
  for (const { states } of users) for (const one of states) latest = Math.max(latest, one.at, one.knownAt);
  const settled = { latest, mask: maskAt(users, { at: latest, knownAt: latest }) };
  settledMasks.set(users, settled);
  return settled;
}

function maskAt(users: readonly AccountUser[], when: AsOf): Bitmap {
  const others = users.filter((user) => (versionAt(user.states, when)?.state.kind ?? 'human') !== 'human');
  return bitmapOf(others.map((user) => user.ordinal));
}

/** Human users known and not deactivated at that standpoint; `licensed` counts those of them with a licence, null if no source says. */
export function seatHolders(history: AccountHistory, when: AsOf): { registered: number; licensed: number | null } {
  let registered = 0;
  let licensed = 0;
  let said = false;
  for (const user of history.users) {
    const state = versionAt(user.states, when)?.state;
    if (!state || state.kind !== 'human') continue;
    if (state.active) registered++;
    said ||= state.licensed !== null;
    if (state.active && state.licensed) licensed++;
  }
  return { registered, licensed: said ? licensed : null };
}

/** Whether an attendee is that stakeholder: by id, else by user, else by e-mail address. */
export function isSamePerson(attendee: Attendee, id: string, person: StakeholderState): boolean {
  if (attendee.stakeholderId !== undefined) return attendee.stakeholderId === id;
  if (attendee.userId !== undefined && person.userId !== undefined) return attendee.userId === person.userId;
  return attendee.email !== undefined && attendee.email.toLowerCase() === person.email?.toLowerCase();
}

/** Days of a standpoint in the account's time zone: today, and the last day known. */
export function daysOf(history: Pick<AccountHistory, 'timeZone'>, when: AsOf): { today: EpochDay; known: EpochDay } {
  return { today: zonedDay(when.at, history.timeZone), known: zonedDay(when.knownAt, history.timeZone) };
}

/** The latest instant of human usage on or before today; the end of the day where no instant is kept. Null: never. */
export function lastHumanUsage(history: AccountHistory, when: AsOf): { day: EpochDay; at: Instant } | null {
  const { today, known } = daysOf(history, when);
  const day = history.usage.lastActiveDay(today, known, nonHumans(history, when));
  if (day === null) return null;
  const instants = history.usage.rows(day, known).flatMap((row) => (row.lastAt === undefined ? [] : [row.lastAt]));
  const at = instants.length > 0 ? Math.max(...instants) : dayStart(day + 1, history.timeZone);
  return { day, at: Math.min(at, when.at) };
}
