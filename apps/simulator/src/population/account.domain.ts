import { type AccountHistory, bitmapHas, DAY_MS, type Inputs } from '@tenure/scoring';
import type { Day } from '../world/calendar.domain';
import { caseFacts } from './cases.domain';
import { course, type Course } from './course.domain';
import { usageDeltas } from './deltas.domain';
import { type Fact, factKinds, instantOf } from './fact.domain';
import { statesOf, usersOf } from './fold-facts.domain';
import { member } from './member.domain';
import { paperFacts } from './papers.domain';
import type { Estate } from './population.domain';
import { staffFacts, staffOf, type Staff } from './staff.domain';
import { keyFeatures } from './use.domain';
import { voiceFacts } from './voices.domain';

/** An account as it was (the course) and as it can be seen (the facts). */
export interface Observed {
  readonly course: Course;
  readonly staff: Staff;
  readonly facts: readonly Fact[];
}

/** The account with this number as it went; null where it had left before the history begins, or where the trap of survivors hides it. */
export function courseOf(estate: Estate, index: number): Course | null {
  const went = course(estate, member(estate, index));
  if (went.lastDay !== null && went.lastDay <= estate.start + 7) return null;
  return estate.traps.survivorBias && went.lastDay !== null && went.lastDay <= estate.until ? null : went;
}

/** What could be seen of it. */
export function observe(went: Course): Observed {
  const staff = staffOf(went);
  const facts = [
    ...paperFacts(went),
    ...staffFacts(went, staff),
    ...caseFacts(went, staff),
    ...voiceFacts(went, staff),
  ];
  return { course: went, staff, facts };
}

/** What features and signals read of it, folded from the facts and the daily deltas. */
export function historyOf({ course: went, staff, facts }: Observed): AccountHistory {
  const { estate, member: who } = went;
  const firstSeen = instantOf(who.timeZone, Math.max(estate.start, who.firstDay), 60);
  const usage = usageDeltas(went, staff);
  const bits = usage.activeUsers(estate.start, estate.until + 60, Infinity, new Uint8Array(0));
  const seen = staff.colleagues.flatMap(({ userId }, bit) => (bitmapHas(bits, bit) ? [[bit, userId] as const] : []));
  return {
    accountId: who.accountId,
    timeZone: who.timeZone,
    holidays: noHolidays,
    firstSeen,
    usage,
    keyFeatures,
    users: usersOf(facts, new Map(seen), firstSeen),
    ...statesOf(facts, who.timeZone),
    inputs: inputsOn(estate, estate.until),
  };
}

const noHolidays: ReadonlySet<number> = new Set();
const usualGapDays = 3;
const inputOf = { account: null, user: 'users', 'survey-response': 'surveys' } as const;

/** What of the tenant was connected and fresh on a day, as its sources looked then. */
export function inputsOn(estate: Estate, day: Day): Inputs {
  const outage = estate.outages.find(({ from, to }) => day > from + usualGapDays && day <= to);
  const since = estate.start * DAY_MS - DAY_MS;
  const live = { since, freshUntil: (day + usualGapDays) * DAY_MS };
  const usage = outage ? { since, freshUntil: (outage.from + usualGapDays) * DAY_MS } : live;
  const others = factKinds.flatMap((kind) => {
    const name = kind in inputOf ? inputOf[kind as keyof typeof inputOf] : (`${kind}s` as const);
    return name === null || estate.unconnected.has(name) ? [] : [[name, live] as const];
  });
  return { usage, ...Object.fromEntries(others) };
}
