import type { Day } from '../world/calendar.domain';
import { type Random, randomOf } from '../world/random.domain';
import type { Course } from './course.domain';
import { type Fact, instantOf, told } from './fact.domain';

/** A person (or a robot) of an account. The number in the list is its bit in the usage bitmaps. */
export interface Colleague {
  readonly userId: string;
  readonly kind: 'human' | 'service' | 'internal';
  /** Told to us as what it is; a robot that nobody declared looks like a person. */
  readonly declared: boolean;
  readonly joined: Day;
  readonly left: Day;
  /** Uses the product while the engagement of the account is above it: those of little conviction stop first. */
  readonly conviction: number;
  /** Chance to be active on a plain business day. */
  readonly rate: number;
}

export interface Contact {
  readonly stakeholderId: string;
  readonly userId: string | undefined;
  readonly name: string;
  readonly roles: readonly string[];
  readonly influence: number;
  readonly since: Day;
  readonly left: Day | undefined;
  /** How kind this person is, whatever happens: of standard deviation 1. */
  readonly bias: number;
  /** When the leaving came to be known; undefined: never. */
  readonly leftSeen: Day | undefined;
}

export interface Staff {
  readonly colleagues: readonly Colleague[];
  readonly contacts: readonly Contact[];
}

const seen = 0.6;
const seenWithinDays = 45;
const succeeded = { cliff: 0.2, other: 0.75 };

export function staffOf(course: Course): Staff {
  const { estate, member } = course;
  const random = randomOf(estate.seed, 'staff', member.index);
  const champions = championsOf(course, random);
  const humans = Array.from({ length: member.people }, (_, index) => human(course, random, index, champions));
  return { colleagues: [...humans, ...robots(course, random)], contacts: [...champions, ...others(course, random)] };
}

function human({ member, estate }: Course, random: Random, index: number, champions: readonly Contact[]): Colleague {
  const core = index < 3;
  const late = random.chance(0.2) && !core;
  const joined = late
    ? Math.max(member.firstDay, estate.start) + random.int(5, 500)
    : member.firstDay + random.int(0, 14);
  const leaves = random.chance(0.09) && !core ? joined + random.int(60, 700) : Infinity;
  const userId = `u-${member.index}-${index}`;
  const conviction = core ? 0.08 + 0.09 * index : random.next();
  const rate = Math.min(0.85, 0.05 + random.gamma(2.2, core ? 0.34 : 0.2));
  const left = champions.find((one) => one.userId === userId)?.left ?? leaves;
  return { userId, kind: 'human', declared: true, joined, left, conviction, rate };
}

/** Integrations of a third of the accounts make a tenth of the events; one in six was never declared as what it is. */
function robots({ member }: Course, random: Random): Colleague[] {
  const base = { joined: member.firstDay, left: Infinity, conviction: 0 };
  const declared = random.chance(5 / 6);
  const service = { ...base, userId: `svc-${member.index}`, kind: 'service' as const, declared, rate: 0.9 };
  const ours = { ...base, userId: `int-${member.index}`, kind: 'internal' as const, declared: true, rate: 0.03 };
  return [...(random.chance(0.33) ? [service] : []), ...(random.chance(0.3) ? [ours] : [])];
}

/** One champion after the other: each of the first users, from when the one before was followed until they leave. */
function championsOf({ member, championLeft, troubles }: Course, random: Random): Contact[] {
  const champions: Contact[] = [];
  let since: Day | undefined = member.firstDay;
  for (const left of [...championLeft, undefined]) {
    if (since === undefined || champions.length >= Math.min(3, member.people)) break;
    const number = champions.length;
    const delay = random.int(0, seenWithinDays);
    const leftSeen = random.chance(seen) && left !== undefined ? left + delay : undefined;
    const base = {
      stakeholderId: `sh-${member.index}-c${number}`,
      userId: `u-${member.index}-${number}`,
      bias: random.normal(0, 1),
    };
    champions.push({
      ...base,
      name: `Champion ${number + 1}`,
      roles: ['champion'],
      influence: 0.7,
      since,
      left,
      leftSeen,
    });
    const cliff = troubles.some(({ kind, onset }) => kind === 'champion-cliff' && onset === left);
    const follows = random.chance(cliff ? succeeded.cliff : succeeded.other);
    const after = random.int(20, 60);
    since = follows && left !== undefined ? left + after : undefined;
  }
  return champions;
}

function others({ member }: Course, random: Random): Contact[] {
  const of = (number: string, roles: readonly string[], influence: number, userId?: string): Contact => ({
    stakeholderId: `sh-${member.index}-${number}`,
    userId,
    name: `Person ${number}`,
    roles,
    influence,
    since: member.firstDay,
    bias: random.normal(0, 1),
    left: undefined,
    leftSeen: undefined,
  });
  const admin = member.people > 3 ? [of('a', ['admin'], 0.4, `u-${member.index}-3`)] : [];
  const sponsor = member.segment === 'enterprise' ? [of('s', ['executive-sponsor'], 1)] : [];
  const buyer = of('b', ['economic-buyer', 'decision-maker'], 0.9);
  return random.chance(0.9) ? [buyer, ...admin, ...sponsor] : [...admin, ...sponsor];
}

export function staffFacts(course: Course, { colleagues, contacts }: Staff): Fact[] {
  return [
    ...colleagues.flatMap((one) => userFacts(course, one)),
    ...contacts.flatMap((one) => contactFacts(course, one)),
  ];
}

/** What stood before the history began is told on its first day. */
function userFacts({ estate, member, lastDay }: Course, one: Colleague): Fact[] {
  const from = Math.max(one.joined, estate.start);
  const last = Math.min(lastDay ?? estate.until, estate.until);
  if (!one.declared || one.left <= from || from > last) return [];
  const at = (day: Day) => instantOf(member.timeZone, day, 25_000);
  const state = { userId: one.userId, kind: one.kind, licensed: one.kind === 'human', active: true };
  const joined = told('user', one.userId, at(from), state);
  if (one.left > last || one.conviction < 0.3) return [joined];
  return [joined, told('user', one.userId, at(one.left + 1), { userId: one.userId, active: false, licensed: false })];
}

function contactFacts({ estate, member, lastDay }: Course, one: Contact): Fact[] {
  const from = Math.max(one.since, estate.start);
  const last = Math.min(lastDay ?? estate.until, estate.until);
  if (from > last || (one.left !== undefined && one.left <= from)) return [];
  const { stakeholderId, name, roles, influence, userId } = one;
  const state = { stakeholderId, name, roles, influence, ...(userId !== undefined && { userId }) };
  const added = told('stakeholder', stakeholderId, instantOf(member.timeZone, from, 26_000), {
    ...state,
    change: 'added',
  });
  if (one.left === undefined || one.leftSeen === undefined || one.leftSeen > last) return [added];
  const [gone, known] = [one.left, one.leftSeen].map((day) => instantOf(member.timeZone, day, 55_000));
  return [added, told('stakeholder', stakeholderId, gone ?? 0, { ...state, change: 'left' }, known)];
}
