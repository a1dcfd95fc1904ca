import { businessDay, type Day, isWeekend } from '../world/calendar.domain';
import { at, type Random, randomOf } from '../world/random.domain';
import type { Course } from './course.domain';
import { type Fact, instantOf, iso, told } from './fact.domain';
import { fallOn } from './latent.domain';
import { healthOn, stateOn } from './path.domain';
import type { Staff } from './staff.domain';

const perPersonAndDay = 0.006;
const priorities = ['low', 'normal', 'high', 'urgent'] as const;
const kinds = ['question', 'problem', 'request'] as const;

/** Tickets: who works more writes more; how long they take and how they sound follows health. A spiral brings many, long ones. */
export function caseFacts(course: Course, staff: Staff): Fact[] {
  const { estate, member, lastDay } = course;
  const random = randomOf(estate.seed, 'cases', member.index);
  const last = Math.min(lastDay ?? estate.until, estate.until);
  const facts: Fact[] = [];
  let number = 0;
  for (let day = Math.max(estate.start, member.firstDay + 2); day <= last; day += 1) {
    const count = isWeekend(day) ? 0 : random.poisson(rateOn(course, day));
    for (let n = 0; n < count; n += 1) facts.push(...oneCase(course, staff, random, day, (number += 1)));
  }
  return facts;
}

function rateOn(course: Course, day: Day): number {
  const trouble = stateOn(course, day)?.trouble ?? null;
  const spiral = trouble?.kind === 'ticket-spiral' ? 1.8 * fallOn(trouble, day) : 0;
  const use = 0.6 + 0.6 / (1 + Math.exp(-healthOn(course, day)));
  return Math.min(0.8, perPersonAndDay * course.member.people ** 0.85 * use * (1 + spiral));
}

function oneCase(course: Course, { colleagues }: Staff, random: Random, day: Day, number: number): Fact[] {
  const { member } = course;
  const trouble = stateOn(course, day)?.trouble ?? null;
  const spiral = trouble?.kind === 'ticket-spiral' ? fallOn(trouble, day) : 0;
  const mood = Math.max(-2.5, Math.min(1.2, healthOn(course, day))) - 0.35 * spiral;
  const priority = at(priorities, random.weighted([0.28, 0.52, 0.15, 0.05]));
  const kind = at(kinds, random.weighted([0.42, 0.4, 0.18]));
  const escalated = random.chance(spiral > 0.5 ? 0.12 : mood < -0.5 ? 0.03 : 0.008);
  const usual = priority === 'urgent' ? 1 : priority === 'high' ? 2.2 : 5;
  const took = Math.round(random.gamma(1.4, usual * Math.exp(-0.5 * mood)) + (escalated ? 3 : 0));
  const requester = random.pick(colleagues.filter(({ kind: who }) => who === 'human')).userId;
  const ticketId = `tk-${member.index}-${number}`;
  const opened = instantOf(member.timeZone, day, 28_900 + 30_000 * random.next());
  const tone = rounded(0.19 * mood - 0.1 + random.normal(0, 0.42), -1, 1);
  const base = { ticketId, priority, kind, subject: `Ticket ${number}`, requesterId: requester, openedAt: iso(opened) };
  const solvedDay = took === 0 ? day : businessDay(day + took);
  const solved = Math.max(opened + 5_400_000, instantOf(member.timeZone, solvedDay, 36_000 + 24_000 * random.next()));
  const rated = random.chance(mood > 0 ? 0.3 : 0.22);
  const csat = rounded(Math.round(3.9 + 0.4 * mood + random.normal(0, 1.1)), 1, 5);
  const end = { ...base, change: 'solved', status: 'solved', solvedAt: iso(solved), ...(rated && { csat }) };
  const facts = [told('ticket', ticketId, opened, { ...base, change: 'opened', status: 'new', sentiment: tone })];
  const up = { ...base, change: 'escalated', status: 'open' };
  if (escalated) facts.push(told('ticket', ticketId, Math.min(solved - 60_000, opened + 86_400_000), up));
  facts.push(told('ticket', ticketId, solved, end));
  const limit = instantOf(member.timeZone, Math.min(course.lastDay ?? course.estate.until, course.estate.until) + 1, 0);
  return facts.filter((fact) => fact.at < limit);
}

export const rounded = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(high, Math.round(value * 100) / 100));
