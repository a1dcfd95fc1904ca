import type { Day } from '../world/calendar.domain';
import { randomOf } from '../world/random.domain';
import { decide, type Decision, monthlyLoss } from './decision.domain';
import { firstState, type LatentState, nextWeek, type Trouble } from './latent.domain';
import { mondayOf, type Path } from './path.domain';
import { type Member, termEnds } from './member.domain';
import type { Estate } from './population.domain';

/** How an account went, week by week, and what came of it. Nobody who scores ever sees this. */
export interface Course extends Path {
  readonly troubles: readonly Trouble[];
  /** Days on which a champion left. */
  readonly championLeft: readonly Day[];
  readonly decisions: readonly Decision[];
  /** Last day as a customer; null: still there at the end. */
  readonly lastDay: Day | null;
}

export function course(estate: Estate, member: Member): Course {
  const origin = mondayOf(Math.max(estate.warmUp, member.firstDay));
  const weeks = weeksOf(estate, member, origin);
  const base = { estate, member, origin, weeks, troubles: troublesOf(weeks), championLeft: leavesOf(weeks) };
  if (member.shape === 'monthly') return { ...base, decisions: [], lastDay: monthlyLoss(base) };
  const random = randomOf(estate.seed, 'decisions', member.index);
  const decisions: Decision[] = [];
  for (const end of termEnds(member, estate)) {
    const decision = decide(base, end, random);
    decisions.push(decision);
    if (decision.lost) return { ...base, decisions, lastDay: end };
  }
  return { ...base, decisions, lastDay: null };
}

function weeksOf(estate: Estate, member: Member, origin: Day): LatentState[] {
  const random = randomOf(estate.seed, 'latent', member.index);
  const state = firstState(random, member.firstDay, member.isNew);
  const weeks: LatentState[] = [];
  for (let monday = origin; monday <= estate.until + 60; monday += 7) {
    nextWeek(state, monday, random);
    weeks.push({ ...state });
  }
  return weeks;
}

function troublesOf(weeks: readonly LatentState[]): Trouble[] {
  return [...new Set(weeks.flatMap(({ trouble }) => trouble ?? []))];
}

function leavesOf(weeks: readonly LatentState[]): Day[] {
  return [...new Set(weeks.flatMap(({ championLeft }) => championLeft ?? []))];
}
