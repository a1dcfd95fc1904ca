import { usageRecorded } from '@tenure/contracts';
import type { World } from '../world/account.domain';
import { type Day, season } from '../world/calendar.domain';
import { engagement, healthOn, sigmoid } from '../world/latent-health.domain';
import { type Action, actions, serviceEvent, signIn } from '../world/product.domain';
import { type Random, at, randomOf } from '../world/random.domain';
import type { AccountPlan } from './account-plan.domain';
import { type Record, type SimulatedEvent, recorder, workingSecond } from './event.domain';
import type { User } from './person.domain';

/** The use of one account on one day; a function of the day alone, so that any day can be played without those before it. */
export function usageOn(world: World, plan: AccountPlan, day: Day): SimulatedEvent[] {
  if (day < plan.firstDay || day > plan.lastDay || plan.account.role === 'prospect') return [];
  const random = randomOf(world.seed, 'usage', plan.account.index, day - world.until);
  const record = recorder(world, plan.account, 'product');
  return activeUsers(world, plan, day, random).flatMap((user) => usageOf(plan, user, day, random, record));
}

/** Who is active on the day: those whose conviction still holds, by their own rate, the weekday and the season. */
export function activeUsers(world: World, plan: AccountPlan, day: Day, random: Random): User[] {
  const health = healthOn(world, plan.latent, day);
  const engaged = engagement(health);
  const busy = season(day) * (0.75 + 0.4 * sigmoid(health)) * (plan.account.role === 'trial' ? 1.3 : 1);
  return plan.people.users.filter((user) => {
    const draw = random.next();
    if (day < user.joined || (user.left !== undefined && day >= user.left)) return false;
    if (user.kind === 'service') return draw < user.rate && !isCutOff(plan, day);
    return draw < rateOf(plan, user, day, engaged) * busy;
  });
}

function rateOf(plan: AccountPlan, user: User, day: Day, engaged: number): number {
  if (isCutOff(plan, day)) return 0;
  if (user.kind === 'internal') return user.rate;
  return user.conviction < engaged ? user.rate : 0.002;
}

/** Silence: the account stops from one day to the next, its integrations too. */
function isCutOff(plan: AccountPlan, day: Day): boolean {
  return plan.account.role === 'silence' && plan.account.onset !== undefined && day >= plan.account.onset;
}

function usageOf(plan: AccountPlan, user: User, day: Day, random: Random, record: Record): SimulatedEvent[] {
  if (user.kind === 'service') return serviceUsage(user, day, random, record);
  const count = 1 + random.poisson(0.45);
  const base = random.next();
  return Array.from({ length: count }, (_, index) => {
    const second = (workingSecond(plan.account, base) + index * 97) % 86_400;
    const first = index === 0 && random.chance(0.2);
    const action = first ? undefined : chooseAction(plan, user, random);
    const data = { userId: user.userId, event: action?.event ?? signIn, product: action?.product ?? 'Fieldwork Core' };
    const actor = user.kind === 'internal' ? { actorType: 'internal' as const } : {};
    return record(usageRecorded, `${user.userId}-${day.toString(36)}-${index}`, { day, second }, { ...data, ...actor });
  });
}

function serviceUsage(user: User, day: Day, random: Random, record: Record): SimulatedEvent[] {
  const data = { userId: user.userId, ...serviceEvent, actorType: 'service' as const, quantity: random.int(40, 900) };
  return [
    record(usageRecorded, `${user.userId}-${day.toString(36)}`, { day, second: 7200 + random.int(0, 900) }, data),
  ];
}

/** What people do depends on their department; who was never onboarded never gets to the event that means first value. */
export function chooseAction(plan: AccountPlan, user: User, random: Random): Action {
  const weights = actions.map(({ weight, departments }) =>
    departments.includes(user.department) ? weight * 2 : weight,
  );
  const chosen = at(actions, random.weighted(weights));
  const stalled = plan.account.role === 'onboarding-stalled' || plan.account.role === 'past-never-onboarded';
  return stalled && valueEvents.has(chosen.event) ? at(actions, 0) : chosen;
}

const valueEvents: ReadonlySet<string> = new Set(['Report Exported', 'Forecast Built', 'Workflow Run']);
