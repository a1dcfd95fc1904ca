import { statesAt, type Entity } from '../history/as-of';
import type { StakeholderState } from '../history/entities';
import { DAY_MS, type Instant } from '../time/day';
import type { Person } from './contact';
import type { View } from './standpoint';

export interface LeftPerson extends Person {
  readonly leftAt: Instant;
}

export const CHAMPION: readonly string[] = ['champion'];
/** Who signs, or whose word decides. */
export const EXECUTIVES: readonly string[] = ['economic-buyer', 'decision-maker', 'executive-sponsor'];

export const hasRole = ({ roles }: StakeholderState, wanted: readonly string[]): boolean =>
  roles.some((role) => wanted.includes(role));

/** Who is there with one of the roles. */
export function present(view: View, roles: readonly string[]): Person[] {
  return statesAt(view.history.stakeholders, view.asOf).filter(({ state }) => !state.left && hasRole(state, roles));
}

/** Who left within `days` and after whom nobody was named to one of the roles, the latest first. */
export function leftWithin(view: View, roles: readonly string[], days: number): LeftPerson[] {
  const gone = statesAt(view.history.stakeholders, view.asOf).filter(
    ({ state }) => state.left && hasRole(state, roles),
  );
  if (gone.length === 0) return [];
  const named = present(view, roles).map(({ id }) => roleSince(view, id, roles));
  return gone
    .map(({ id, state }) => ({ id, state, leftAt: since(view, id, (one) => one.left) }))
    .filter(({ leftAt }) => leftAt > view.asOf.at - days * DAY_MS && !named.some((at) => at > leftAt))
    .sort((a, b) => b.leftAt - a.leftAt);
}

/** Since when the person has been there with one of the roles. */
export function roleSince(view: View, id: string, roles: readonly string[]): Instant {
  return since(view, id, (one) => !one.left && hasRole(one, roles));
}

/** Since when a condition on the person has held without a break, as known. */
function since(view: View, id: string, condition: (state: StakeholderState) => boolean): Instant {
  const states = view.history.stakeholders.find((one: Entity<StakeholderState>) => one.id === id)?.states ?? [];
  const visible = states
    .filter((one) => one.at <= view.asOf.at && one.knownAt <= view.asOf.knownAt)
    .sort((a, b) => b.at - a.at || b.knownAt - a.knownAt);
  let start = view.asOf.at;
  let last = NaN;
  for (const one of visible) {
    if (one.at === last) continue;
    if (!condition(one.state)) break;
    start = one.at;
    last = one.at;
  }
  return start;
}
