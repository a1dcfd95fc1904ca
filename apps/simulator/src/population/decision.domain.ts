import type { Day } from '../world/calendar.domain';
import { type Random, randomOf } from '../world/random.domain';
import { fallOn, healthOf, type LatentState } from './latent.domain';
import { hazardOn, type TroubleKind, usualHealth, yearly } from './nature.domain';
import { healthOn, otherFuture, type Path, stateOn } from './path.domain';

/** A renewal with the truth about it. */
export interface Decision {
  /** On which it falls: the end, or the last day to give notice. */
  readonly day: Day;
  readonly end: Day;
  readonly lost: boolean;
  /** With everything known, the unobservable part too. */
  readonly probability: number;
  /** The way it was lost, and since when; of one that was kept, the trouble it stood in. */
  readonly kind: TroubleKind;
  readonly onset: Day | null;
  /** A save by the CSM, where the trap of interventions is on. */
  readonly saved: boolean;
}

const windowWeeks = { from: 12, to: 4 };
const coin = 0.12;
const contacted = 0.6;
const savedShare = 0.25;

/** logit P(lost) = a(segment) − b × (mean health of the weeks −12 to −4 − usual) + price + U. */
export function decide(path: Path, end: Day, random: Random): Decision {
  const { estate, member } = path;
  const day = end - (member.autoRenew ? member.noticeDays : 0);
  const hazard = hazardOn(estate, day);
  const unobserved = random.normal(0, hazard.unobserved);
  const priced = stateOn(path, day)?.priced === true;
  const health = meanHealth(windowDays(day).map((one) => healthOn(path, one)));
  const own = hazard.intercept[member.segment] - hazard.slope * (health - usualHealth);
  const probability = estate.traps.noise ? coin : sigmoid(own + (priced ? hazard.price : 0) + unobserved);
  const drawn = random.chance(probability);
  const trouble = stateOn(path, day - 7 * windowWeeks.to)?.trouble ?? null;
  const saved = random.chance(contacted * savedShare) && estate.traps.intervention && trouble !== null && drawn;
  const shown = trouble !== null && fallOn(trouble, day - 7 * windowWeeks.to) >= 0.3 && !priced;
  const kind = shown ? trouble.kind : 'price';
  return { day, end, lost: drawn && !saved, probability, kind, onset: shown ? trouble.onset : null, saved };
}

function windowDays(day: Day): Day[] {
  const { from, to } = windowWeeks;
  return Array.from({ length: from - to }, (_, week) => day - 7 * (from - week));
}

/**
 * The best that anyone could say `ahead` days before, had they seen the latent state itself: the mean over other futures of
 * the window, over U, and over the price cut that shows nowhere. No observer of the account can do better.
 */
export function latentProbability(path: Path, decision: Decision, ahead: number, draws = 24): number {
  const { estate, member, origin } = path;
  if (estate.traps.noise) return coin;
  const hazard = hazardOn(estate, decision.day);
  const now = decision.day - ahead;
  const state = stateOn(path, now);
  if (state === undefined) return NaN;
  const monday = origin + 7 * Math.floor((now - origin) / 7);
  const days = windowDays(decision.day);
  const weeks = Math.max(0, Math.ceil((decision.day - 7 * windowWeeks.to - monday) / 7));
  const random = randomOf(estate.seed, 'futures', member.index, decision.day, ahead);
  const futures = weeks === 0 ? 1 : draws;
  let sum = 0;
  for (let n = 0; n < futures; n += 1) {
    const future = otherFuture(state, monday, weeks, random);
    const at = (day: Day): LatentState => future[Math.floor((day - monday) / 7) - 1] ?? stateOn(path, day) ?? state;
    const health = meanHealth(
      days.map((day) => healthOf(day <= now ? (stateOn(path, day) ?? state) : at(day), day, member.firstDay)),
    );
    sum += overTheUnseen(
      hazard.intercept[member.segment] - hazard.slope * (health - usualHealth),
      hazard,
      pricedBy(path, decision.day),
    );
  }
  return sum / futures;
}

/** Chance that the price cut has come by a day, for whoever cannot see it. */
function pricedBy({ origin }: Path, day: Day): number {
  return 1 - (1 - yearly.price / 52) ** Math.max(1, Math.floor((day - origin) / 7) + 1);
}

/** Nodes and weights of Gauss–Hermite for a standard normal, seven points. */
const hermite: readonly (readonly [number, number])[] = [
  [0, 0.457142857],
  [1.154405395, 0.240123179],
  [-1.154405395, 0.240123179],
  [2.366759411, 0.030757124],
  [-2.366759411, 0.030757124],
  [3.750439718, 0.000548269],
  [-3.750439718, 0.000548269],
];

function overTheUnseen(
  own: number,
  { unobserved, price }: { unobserved: number; price: number },
  priced: number,
): number {
  return hermite.reduce((sum, [node, weight]) => {
    const u = own + unobserved * node;
    return sum + weight * ((1 - priced) * sigmoid(u) + priced * sigmoid(u + price));
  }, 0);
}

/** Day on which a monthly plan is cancelled, by a weekly hazard; null: not inside the world. */
export function monthlyLoss(path: Path): Day | null {
  const { estate, member, origin } = path;
  const random = randomOf(estate.seed, 'cancellation', member.index);
  const unobserved = random.normal(0, 0.9);
  for (let day = Math.max(origin + 35, member.firstDay + 35); day <= estate.until; day += 7) {
    const { weekly, weeklySlope, price } = hazardOn(estate, day);
    const health = (healthOn(path, day - 14) + healthOn(path, day - 28)) / 2;
    const priced = stateOn(path, day)?.priced === true ? price : 0;
    const log = weekly - weeklySlope * (health - usualHealth) + priced + unobserved;
    if (random.chance(estate.traps.noise ? 0.0024 : sigmoid(log))) return day;
  }
  return null;
}

const meanHealth = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
