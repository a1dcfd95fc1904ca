import type { World } from '../world/account.domain';
import { isoDay } from '../world/calendar.domain';
import type { AccountPlan } from './account-plan.domain';

/** What no event says: role, onset, the latent weeks and the true probabilities. Sealed away from everything that scores. */
export function truthOf(world: World, plan: AccountPlan) {
  const { account, latent, contracts } = plan;
  const weeks = Math.ceil((world.until - world.start + 1) / 7);
  return {
    accountId: account.accountId,
    role: account.role,
    segment: account.segment,
    onset: account.onset === undefined ? null : isoDay(account.onset),
    left: contracts.lastDay === undefined ? null : isoDay(contracts.lastDay),
    decisions: contracts.decisions.map(({ day, ...decision }) => ({ day: isoDay(day), ...decision })),
    latentFrom: isoDay(world.start),
    latentWeekly: latent.slice(0, weeks).map((health) => Math.round(health * 1000) / 1000),
  };
}
