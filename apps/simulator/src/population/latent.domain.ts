import type { Day } from '../world/calendar.domain';
import type { Random } from '../world/random.domain';
import {
  autoregression,
  fitDeviation,
  moodNoise,
  moodRegression,
  neverOnboarded,
  shocks,
  troubles,
  type TroubleKind,
  usualHealth,
  weeklyNoise,
  yearly,
} from './nature.domain';

/** Something that goes wrong at an account, from a known day on. */
export interface Trouble {
  readonly kind: TroubleKind;
  readonly onset: Day;
  /** How far health falls, and in how many days. */
  readonly depth: number;
  readonly days: number;
  /** Day from which it is over; null: it stays. */
  readonly over: Day | null;
}

/** All of the state that the next week depends on; copied to look at what else might have come. */
export interface LatentState {
  fit: number;
  drift: number;
  mood: number;
  blows: number;
  trouble: Trouble | null;
  priced: boolean;
  championLeft: Day | null;
}

/** The account before its first week. A new one may never get going. */
export function firstState(random: Random, firstDay: Day, isNew: boolean): LatentState {
  const state: LatentState = {
    fit: usualHealth + random.normal(0, fitDeviation),
    drift: random.normal(0, 0.25),
    mood: random.normal(0, 0.35),
    blows: 0,
    trouble: null,
    priced: false,
    championLeft: null,
  };
  if (random.chance(neverOnboarded) && isNew) state.trouble = begin(random, 'never-onboarded', firstDay);
  return state;
}

/** One week on: noise, shocks, the end of a trouble, the beginning of another. Always the same number of draws per cause. */
export function nextWeek(state: LatentState, monday: Day, random: Random): void {
  state.drift = autoregression * state.drift + random.normal(0, weeklyNoise);
  state.mood = moodRegression * state.mood + random.normal(0, moodNoise);
  for (const shock of shocks) if (random.chance(shock.yearly / 52)) state.blows += shock.size;
  if (random.chance(yearly.price / 52)) state.priced = true;
  if ((state.trouble?.over ?? Infinity) <= monday) state.trouble = null;
  const draw = random.next() * 52;
  const left = random.chance(yearly.championLeaves / 52);
  if (left) state.championLeft = monday + random.int(0, 4);
  if (state.trouble !== null) return;
  if (left && random.chance(yearly.cliff))
    state.trouble = begin(random, 'champion-cliff', state.championLeft ?? monday);
  else if (draw < yearly['slow-decline']) state.trouble = begin(random, 'slow-decline', monday + random.int(0, 6));
  else if (draw < yearly['slow-decline'] + yearly['ticket-spiral'])
    state.trouble = begin(random, 'ticket-spiral', monday + random.int(0, 6));
}

function begin(random: Random, kind: Exclude<TroubleKind, 'price'>, onset: Day): Trouble {
  const { depth, days, recovers } = troubles[kind];
  const ramp = random.int(...days);
  const over = random.chance(recovers) ? onset + ramp + random.int(40, 220) : null;
  return { kind, onset, depth: Math.max(0.8, random.normal(...depth)), days: ramp, over };
}

/** True health on a day, in logits around `usualHealth`. A fresh account climbs to it in its first weeks. */
export function healthOf(state: LatentState, day: Day, firstDay: Day): number {
  const starting = 0.5 * Math.max(0, 1 - (day - firstDay) / 60);
  return state.fit + state.drift + state.blows - fallOn(state.trouble, day) - starting;
}

export function fallOn(trouble: Trouble | null, day: Day): number {
  if (trouble === null || day < trouble.onset || (trouble.over !== null && day >= trouble.over)) return 0;
  return trouble.depth * Math.min(1, (day - trouble.onset + 1) / Math.max(1, trouble.days));
}

/** Share of the people of an account who use the product at all. */
export function engagementOf(health: number, mood: number): number {
  return 0.12 + 0.83 / (1 + Math.exp(-(1.1 * (health + mood) + 0.6)));
}
