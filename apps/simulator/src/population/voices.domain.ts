import { businessDay, type Day } from '../world/calendar.domain';
import { type Random, randomOf } from '../world/random.domain';
import { rounded } from './cases.domain';
import type { Course } from './course.domain';
import { type Fact, instantOf, iso, told } from './fact.domain';
import { healthOn } from './path.domain';
import type { Contact, Staff } from './staff.domain';

const quarter = 91;
const rhythms = { enterprise: 14, 'mid-market': 28, smb: 60 } as const;

/** Quarterly NPS (who is happy answers more often, and people are kinder than they are happy) and meetings at the segment's pace. */
export function voiceFacts(course: Course, staff: Staff): Fact[] {
  const { estate, member } = course;
  const surveys = estate.unconnected.has('surveys')
    ? []
    : surveyFacts(course, staff, randomOf(estate.seed, 'surveys', member.index));
  const meetings = estate.unconnected.has('touchpoints')
    ? []
    : meetingFacts(course, staff, randomOf(estate.seed, 'meetings', member.index));
  return [...surveys, ...meetings];
}

const lastOf = ({ estate, lastDay }: Course): Day => Math.min(lastDay ?? estate.until, estate.until);
const isThere = (one: Contact, day: Day) => one.since <= day && (one.left ?? Infinity) > day;

function surveyFacts(course: Course, { contacts }: Staff, random: Random): Fact[] {
  const { estate, member } = course;
  const facts: Fact[] = [];
  const first = Math.max(estate.start, member.firstDay) + 20 + (member.index % 60);
  for (let start = first; start <= lastOf(course); start += quarter)
    contacts.forEach((person, number) => {
      const day = businessDay(start + random.int(0, 9));
      const health = healthOn(course, day);
      const answers = random.chance(health > 0.3 ? 0.4 : 0.22);
      const score = rounded(Math.round(7.8 + 0.7 * health + person.bias * 1.3 + random.normal(0, 1.5)), 0, 10);
      if (!answers || !isThere(person, day) || day > lastOf(course)) return;
      const id = `sr-${member.index}-${start - first}-${number}`;
      const { stakeholderId, userId } = person;
      const said = { responseId: id, kind: 'nps', score, stakeholderId, ...(userId !== undefined && { userId }) };
      facts.push(told('survey-response', id, instantOf(member.timeZone, day, 40_000), said));
    });
  return facts;
}

function meetingFacts(course: Course, { contacts }: Staff, random: Random): Fact[] {
  const { estate, member } = course;
  const every = rhythms[member.segment];
  const facts: Fact[] = [];
  let number = 0;
  for (
    let next = Math.max(estate.start, member.firstDay) + random.int(3, every);
    next <= lastOf(course);
    next += every
  ) {
    const day = businessDay(next + random.int(0, 4));
    const health = healthOn(course, day);
    const missed = random.chance(Math.min(0.7, Math.max(0.05, 0.22 - 0.12 * health)));
    const drawn = random.normal(0.1, 0.35);
    const present = random.shuffle(contacts).filter((one) => isThere(one, day));
    const guests = present.slice(0, random.int(1, 3));
    if (day > lastOf(course) || guests.length === 0) continue;
    const id = `tp-${member.index}-${(number += 1)}`;
    const startAt = instantOf(member.timeZone, day, 36_000 + 3_600 * random.int(0, 5));
    const tone = rounded(0.12 * health + 0.2 * (guests[0]?.bias ?? 0) + drawn, -1, 1);
    const who = guests.map(({ stakeholderId }) => ({ stakeholderId, attended: !missed }));
    const held = missed ? { outcome: 'missed' } : { outcome: 'held', sentiment: tone };
    const base = { touchpointId: id, kind: 'meeting', purpose: 'check-in', startAt: iso(startAt), attendees: who };
    facts.push(told('touchpoint', id, startAt, { ...base, ...held }));
  }
  return [...facts, ...leak(course)];
}

/** The trap of a leaking field: an off-boarding call that is booked under the day before the decision, once it has fallen. */
function leak({ estate, member, decisions }: Course): Fact[] {
  if (!estate.traps.leakingField) return [];
  return decisions
    .filter(({ lost, end }) => lost && end >= estate.start && end <= estate.until)
    .map(({ day }) => {
      const id = `tp-${member.index}-offboarding`;
      const startAt = instantOf(member.timeZone, day - 70, 50_000);
      const data = {
        touchpointId: id,
        kind: 'call',
        purpose: 'escalation',
        outcome: 'held',
        sentiment: -1,
        startAt: iso(startAt),
      };
      return told('touchpoint', id, startAt, data, instantOf(member.timeZone, day + 5, 50_000));
    });
}
