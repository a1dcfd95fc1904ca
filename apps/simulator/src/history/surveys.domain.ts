import { surveyResponded } from '@tenure/contracts';
import type { World } from '../world/account.domain';
import { type Day, businessDay } from '../world/calendar.domain';
import { healthOn } from '../world/latent-health.domain';
import { comments } from '../world/product.domain';
import { type Random, randomOf } from '../world/random.domain';
import type { AccountPlan } from './account-plan.domain';
import { type Record, type SimulatedEvent, recorder, workingSecond } from './event.domain';
import type { Stakeholder } from './person.domain';

const quarterDays = 91;
/** Who is happy answers more often. */
const answerRate = (health: number) => (health > 0.2 ? 0.42 : 0.26);

/** An NPS round each quarter among stakeholders and a few users, and the bad answers that a role brings. */
export function surveyEvents(world: World, plan: AccountPlan): SimulatedEvent[] {
  const { account } = plan;
  if (['trial', 'prospect', 'internal', 'test', 'merged', 'partner'].includes(account.role)) return [];
  const random = randomOf(world.seed, 'surveys', account.index);
  const record = recorder(world, account, 'surveys');
  const events: SimulatedEvent[] = [];
  const first = plan.firstDay + 20 + (account.index % 60);
  for (let day = first; day <= Math.min(plan.lastDay, world.horizon); day += quarterDays) {
    events.push(...round(world, plan, random, record, day));
  }
  return account.role === 'negative-sentiment' ? [...events, ...badAnswers(plan, random, record)] : events;
}

function round(world: World, plan: AccountPlan, random: Random, record: Record, start: Day): SimulatedEvent[] {
  return plan.people.stakeholders.flatMap((person, index) => {
    const day = businessDay(start + random.int(0, 9));
    const health = healthOn(world, plan.latent, day);
    const answers = random.chance(answerRate(health)) && isPresent(person, day);
    const score = Math.max(0, Math.min(10, Math.round(8.3 + 1.3 * health + random.normal(0, 1.1))));
    const comment = commentFor(random, score);
    if (!answers || day > plan.lastDay || isQuiet(plan, day)) return [];
    return [answer(plan, random, record, { person, day, score, comment, key: `nps-${start - world.until}-${index}` })];
  });
}

function isPresent(person: Stakeholder, day: Day): boolean {
  return person.joined <= day && (person.left === undefined || person.left > day);
}

/** Nobody answers from an account that has gone silent; and those whose trouble is sentiment say so in `badAnswers`. */
function isQuiet(plan: AccountPlan, day: Day): boolean {
  const { role, onset } = plan.account;
  return onset !== undefined && day >= onset && (role === 'silence' || role === 'negative-sentiment');
}

interface Answer {
  readonly person: Stakeholder;
  readonly day: Day;
  readonly score: number;
  readonly comment: string | undefined;
  readonly key: string;
}

function answer(
  plan: AccountPlan,
  random: Random,
  record: Record,
  { person, day, score, comment, key }: Answer,
): SimulatedEvent {
  return record(
    surveyResponded,
    key,
    { day, second: workingSecond(plan.account, random.next()) },
    {
      responseId: `sr-${plan.account.index}-${key}`,
      surveyId: 'relationship-nps',
      kind: 'nps',
      score,
      stakeholderId: person.stakeholderId,
      email: person.email,
      ...(person.user ? { userId: person.user.userId } : {}),
      ...(comment ? { comment } : {}),
    },
  );
}

function commentFor(random: Random, score: number): string | undefined {
  const chosen = random.pick(score >= 9 ? comments.good : score >= 7 ? comments.fair : comments.bad);
  return random.chance(0.5) ? chosen : undefined;
}

function badAnswers(plan: AccountPlan, random: Random, record: Record): SimulatedEvent[] {
  const onset = plan.account.onset ?? plan.firstDay;
  return plan.people.stakeholders.slice(0, 2).map((person, index) => {
    const day = businessDay(onset + index * 3);
    return answer(plan, random, record, {
      person,
      day,
      score: 2 + index,
      comment: comments.bad[index],
      key: `nps-bad-${index}`,
    });
  });
}
