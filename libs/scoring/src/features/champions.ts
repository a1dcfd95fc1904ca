import { statesAt, type Entity } from '../history/as-of';
import type { StakeholderState } from '../history/entities';
import { DAY_MS, type Instant } from '../time/day';
import type { View } from './standpoint';

export interface Champion {
  readonly id: string;
  readonly state: StakeholderState;
}

export interface LeftChampion extends Champion {
  readonly leftAt: Instant;
}

export const CHAMPION = 'champion';

export function presentChampions(view: View): Champion[] {
  return statesAt(view.history.stakeholders, view.asOf).filter(
    ({ state }) => !state.left && state.roles.includes(CHAMPION),
  );
}

/** Champions who left within `days` and after whom nobody was named champion, the latest first. */
export function leftChampions(view: View, days: number): LeftChampion[] {
  const named = presentChampions(view).map(({ id }) => championSince(view, id));
  return statesAt(view.history.stakeholders, view.asOf)
    .filter(({ state }) => state.left && state.roles.includes(CHAMPION))
    .map(({ id, state }) => ({ id, state, leftAt: since(view, id, (one) => one.left) }))
    .filter(({ leftAt }) => leftAt > view.asOf.at - days * DAY_MS && !named.some((at) => at > leftAt))
    .sort((a, b) => b.leftAt - a.leftAt);
}

const championSince = (view: View, id: string) => since(view, id, (one) => !one.left && one.roles.includes(CHAMPION));

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
