import type { Day } from '../world/calendar.domain';
import { type Random, randomOf } from '../world/random.domain';
import type { Course } from './course.domain';
import { seasonOn } from './fact.domain';
import { engagementOf, fallOn } from './latent.domain';
import { healthOn, stateOn } from './path.domain';
import type { Colleague, Staff } from './staff.domain';

/** Names of what people do; the last four are the key features. A robot does only `Integration Synced`. */
export const eventNames = [
  'Signed In',
  'Dashboard Viewed',
  'Task Completed',
  'Comment Added',
  'Plan Edited',
  'Report Exported',
  'Forecast Built',
  'Workflow Run',
  'Integration Synced',
] as const;
export const keyFeatures = [
  { feature: 'planning', names: ['Plan Edited'] },
  { feature: 'reporting', names: ['Report Exported'] },
  { feature: 'forecasting', names: ['Forecast Built'] },
  { feature: 'automation', names: ['Workflow Run'] },
] as const;
const synced = eventNames.length - 1;

/** One use: who (number in the staff), what (number of the name), when (second of the account's day), and the day it came in. */
export interface Use {
  readonly who: number;
  readonly name: number;
  readonly second: number;
  readonly knownDay: Day;
}

/** A launch of ours lifts the use of everybody, for good. */
const launchLift = 1.08;

/** The use of an account, day after day; the same draws whoever asks. */
export function* usesOf(
  course: Course,
  { colleagues }: Staff,
): Generator<{ readonly day: Day; readonly uses: readonly Use[] }> {
  const { estate, member, lastDay } = course;
  const random = randomOf(estate.seed, 'use', member.index);
  const last = Math.min(lastDay ?? estate.until, estate.until);
  for (let day = Math.max(estate.start, member.firstDay); day <= last; day += 1) {
    const uses = usesOn(course, colleagues, day, random);
    if (uses.length > 0) yield { day, uses };
  }
}

function usesOn(course: Course, colleagues: readonly Colleague[], day: Day, random: Random): Use[] {
  const { estate } = course;
  const state = stateOn(course, day);
  if (state === undefined) return [];
  const shown = healthOn(course, day) + shownLess(state.trouble?.kind) * fallOn(state.trouble, day);
  const engaged = engagementOf(shown, state.mood);
  const launched = day > (estate.start + estate.until) / 2 ? launchLift : 1;
  const busy = seasonOn(day) * (0.8 + 0.35 / (1 + Math.exp(-shown))) * launched;
  const advanced = 0.35 / (1 + Math.exp(-(0.9 * shown - 0.6 + course.member.taste)));
  const uses: Use[] = [];
  for (let who = 0; who < colleagues.length; who += 1) {
    const one = colleagues[who];
    if (one === undefined || day < one.joined || day >= one.left) continue;
    const chance = one.kind === 'human' ? (one.conviction < engaged ? one.rate : 0.003) * busy : one.rate;
    if (random.next() < chance) addUses(uses, { course, one, who, day, advanced }, random);
  }
  return uses;
}

/** A spiral of tickets shows in use only in part: who waits for support goes on working. */
function shownLess(kind: string | undefined): number {
  return kind === 'ticket-spiral' ? 0.65 : 0;
}

interface Someone {
  readonly course: Course;
  readonly one: Colleague;
  readonly who: number;
  readonly day: Day;
  readonly advanced: number;
}

function addUses(uses: Use[], { course, one, who, day, advanced }: Someone, random: Random): void {
  const second = Math.floor(28_800 + 34_000 * random.next());
  const knownDay = knownOn(course, day, second, random);
  if (one.kind === 'service') {
    uses.push({ who, name: synced, second: 7_200, knownDay });
    return;
  }
  const count = 1 + Math.floor(random.next() * 2.2);
  for (let n = 0; n < count; n += 1) {
    const draw = random.next();
    const name =
      draw < advanced ? 5 + Math.floor((3 * draw) / advanced) : Math.floor((5 * (draw - advanced)) / (1 - advanced));
    uses.push({ who, name: Math.min(7, name), second: Math.min(86_000, second + 60 * n), knownDay });
  }
}

const lateWithinADay = 0.2;
const veryLate = 0.01;

/** A fifth comes up to a day late, one in a hundred up to a month; in an outage all of it once the source is repaired. */
function knownOn({ estate }: Course, day: Day, second: number, random: Random): Day {
  const outage = estate.outages.find(({ from, to }) => day >= from && day <= to);
  const draw = random.next();
  if (outage) return outage.to + 1;
  if (draw < veryLate) return day + 1 + Math.floor((29 * draw) / veryLate);
  if (draw > veryLate + lateWithinADay) return day;
  return second + (86_400 * (draw - veryLate)) / lateWithinADay >= 86_400 ? day + 1 : day;
}
