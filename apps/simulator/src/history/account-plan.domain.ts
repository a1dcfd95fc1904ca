import type { Account, World } from '../world/account.domain';
import type { Day } from '../world/calendar.domain';
import { type LatentHealth, latentHealth } from '../world/latent-health.domain';
import type { ContractPlan } from './contract-steps.domain';
import { planContracts } from './contracts.domain';
import { planPeople } from './people.domain';
import type { People } from './person.domain';

/** All that is decided about an account before its days are played. */
export interface AccountPlan {
  readonly account: Account;
  readonly latent: LatentHealth;
  readonly contracts: ContractPlan;
  readonly people: People;
  /** First and last day on which something happens at the account. */
  readonly firstDay: Day;
  readonly lastDay: Day;
}

export function planAccount(world: World, account: Account): AccountPlan {
  const latent = latentHealth(world, account);
  const contracts = planContracts(world, account, latent);
  const people = planPeople(world, account);
  const firstDay = Math.max(world.start, account.firstDay);
  return { account, latent, contracts, people, firstDay, lastDay: lastDayOf(world, account, contracts) };
}

function lastDayOf(world: World, account: Account, contracts: ContractPlan): Day {
  if (account.role === 'merged') return world.until - 60;
  return contracts.lastDay ?? world.horizon;
}
