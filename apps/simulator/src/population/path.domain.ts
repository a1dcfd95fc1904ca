import { weekday, type Day } from '../world/calendar.domain';
import type { Random } from '../world/random.domain';
import { healthOf, type LatentState, nextWeek } from './latent.domain';
import type { Member } from './member.domain';
import type { Estate } from './population.domain';

/** The latent weeks of an account. */
export interface Path {
  readonly estate: Estate;
  readonly member: Member;
  /** Monday of week 0. */
  readonly origin: Day;
  /** State after each Monday's step. */
  readonly weeks: readonly LatentState[];
}

/** What might have come after a week instead: a copy goes on with other luck. */
export function otherFuture(from: LatentState, monday: Day, weeks: number, random: Random): LatentState[] {
  const state = { ...from };
  return Array.from({ length: weeks }, (_, week) => {
    nextWeek(state, monday + 7 * (week + 1), random);
    return { ...state };
  });
}

export const mondayOf = (day: Day): Day => day - weekday(day);

export function stateOn({ origin, weeks }: Path, day: Day): LatentState | undefined {
  return weeks[Math.min(weeks.length - 1, Math.max(0, Math.floor((day - origin) / 7)))];
}

export function healthOn(path: Path, day: Day): number {
  const state = stateOn(path, day);
  return state === undefined ? 0 : healthOf(state, day, path.member.firstDay);
}
