import { derivedAt } from '../history/as-of';
import { bitmapHas } from '../history/bitmap';
import type { StakeholderState, TouchpointState } from '../history/entities';
import { isSamePerson } from '../history/people';
import { DAY_MS, type Instant } from '../time/day';
import { dayStart } from '../time/zoned-day';
import type { View } from './standpoint';

/** A stakeholder at a standpoint. */
export interface Person {
  readonly id: string;
  readonly state: StakeholderState;
}

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
export function twoWayContacts(view: View): readonly Contact[] {
  const all = derivedAt(view.history.touchpoints, view.asOf, 'two-way', (standing) =>
    standing
      .filter(({ state }) => isTwoWay(state))
      .map(({ id, state }) => ({ id, state, at: state.startAt }))
      .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1)),
  );
  // What is planned lies before what has been.
  const planned = all.findIndex((one) => one.at <= view.asOf.at);
  return planned === 0 ? all : planned < 0 ? [] : all.slice(planned);
}

/** When the person last took part in a two-way contact; looks back to `from`. */
export function lastContactWith(
  contacts: readonly Contact[],
  id: string,
  person: StakeholderState,
  from: Instant = -Infinity,
): Instant | null {
  for (const { at, state } of contacts) {
    if (at < from) return null;
    if ((state.attendees ?? []).some((one) => one.attended !== false && isSamePerson(one, id, person))) return at;
  }
  return null;
}

/** When the person was last heard of: in a two-way contact or in the product; looks back `days` days. */
export function lastSignOf(view: View, contacts: readonly Contact[], one: Person, days: number): Instant | null {
  const met = lastContactWith(contacts, one.id, one.state, view.asOf.at - days * DAY_MS);
  const used = lastSignIn(view, one.state, days);
  return met === null ? used : used === null ? met : Math.max(met, used);
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
