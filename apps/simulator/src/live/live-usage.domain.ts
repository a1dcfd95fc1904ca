import { usageRecorded } from '@tenure/contracts';
import type { AccountPlan } from '../history/account-plan.domain';
import type { DaySlices } from '../history/day-slices.domain';
import { type SimulatedEvent, recorder } from '../history/event.domain';
import type { User } from '../history/person.domain';
import { activeUsers, chooseAction } from '../history/usage.domain';
import type { Day } from '../world/calendar.domain';
import { serviceEvent } from '../world/product.domain';
import { randomOf } from '../world/random.domain';

export interface LivePerson {
  readonly plan: AccountPlan;
  readonly user: User;
}

/** Who would be active on the day by the same draws as in the history: who is silent there stays silent live. */
export function livePeople({ world, plans }: DaySlices, day: Day): LivePerson[] {
  return plans
    .filter(({ firstDay, lastDay, account }) => day >= firstDay && day <= lastDay && account.role !== 'prospect')
    .flatMap((plan) =>
      activeUsers(world, plan, day, randomOf(world.seed, 'usage', plan.account.index, day - world.until)).map(
        (user) => ({ plan, user }),
      ),
    );
}

/**
 * The event of one slot of time; a function of the slot alone, so a restart goes on where the clock is. Four of ten come from
 * integrations, which keeps the pace without making people busier than they were.
 */
export function liveUsage(
  { world }: DaySlices,
  people: readonly LivePerson[],
  slot: number,
  at: Date,
): SimulatedEvent | undefined {
  const random = randomOf(world.seed, 'live', slot);
  const wanted = random.chance(0.4) ? 'service' : 'human';
  const candidates = people.filter(({ user }) => user.kind === wanted);
  if (candidates.length === 0) return undefined;
  const { plan, user } = random.pick(candidates);
  const ms = at.getTime();
  const day = Math.floor(ms / 86_400_000);
  const moment = { day, second: ms / 1000 - day * 86_400 };
  const record = recorder(world, plan.account, 'product');
  if (user.kind === 'service') {
    const data = { userId: user.userId, ...serviceEvent, actorType: 'service' as const, quantity: random.int(40, 900) };
    return record(usageRecorded, `l${slot.toString(36)}`, moment, data);
  }
  const { event, product } = chooseAction(plan, user, random);
  return record(usageRecorded, `l${slot.toString(36)}`, moment, { userId: user.userId, event, product });
}
