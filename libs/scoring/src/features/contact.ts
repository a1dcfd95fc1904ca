import { statesAt } from '../history/as-of';
import { bitmapHas } from '../history/bitmap';
import type { StakeholderState, TouchpointState } from '../history/entities';
import { isSamePerson } from '../history/people';
import type { Instant } from '../time/day';
import { dayStart } from '../time/zoned-day';
import type { View } from './standpoint';

export interface Contact {
  readonly id: string;
  readonly at: Instant;
  readonly state: TouchpointState;
}

/** Both sides took part: a held meeting or call, or an e-mail that they sent. One-to-many does not count. */
export function isTwoWay(state: TouchpointState): boolean {
  if (state.oneToMany === true || state.kind === 'webinar') return false;
  if (state.kind === 'email')
    return state.outcome === 'received' || (state.direction === 'in' && state.outcome !== 'bounced');
  return state.outcome === 'held';
}

/** Two-way contacts up to the standpoint, the latest first. */
export function twoWayContacts(view: View): Contact[] {
  return statesAt(view.history.touchpoints, view.asOf)
    .filter(({ state }) => isTwoWay(state) && state.startAt <= view.asOf.at)
    .map(({ id, state }) => ({ id, state, at: state.startAt }))
    .sort((a, b) => b.at - a.at);
}

/** When the person last took part in a two-way contact. */
export function lastContactWith(contacts: readonly Contact[], id: string, person: StakeholderState): Instant | null {
  const met = contacts.find(({ state }) =>
    (state.attendees ?? []).some((one) => one.attended !== false && isSamePerson(one, id, person)),
  );
  return met?.at ?? null;
}

/** When the person last used the product: the end of that day (at most the standpoint); looks back `days` days. */
export function lastSignIn(view: View, person: StakeholderState, days: number): Instant | null {
  const ordinal = view.history.users.find((user) => user.id === person.userId)?.ordinal;
  if (person.userId === undefined || ordinal === undefined) return null;
  for (let day = view.today; day > view.today - days; day--)
    if (view.history.usage.rows(day, view.known).some((row) => bitmapHas(row.users, ordinal)))
      return Math.min(view.asOf.at, dayStart(day + 1, view.history.timeZone));
  return null;
}
