import { contractChanged } from '@tenure/contracts';
import type { Account, World } from '../world/account.domain';
import { type Day, isoDay } from '../world/calendar.domain';
import type { LatentHealth } from '../world/latent-health.domain';
import { planAnnual } from './annual-contracts.domain';
import type { ContractPlan, ContractState, ContractStep } from './contract-steps.domain';
import { type SimulatedEvent, recorder } from './event.domain';
import { planMonthly, planMultiYear } from './long-and-monthly-contracts.domain';

export function planContracts(world: World, account: Account, latent: LatentHealth): ContractPlan {
  if (account.shape === 'none') return { contracts: [], decisions: [], lastDay: undefined };
  if (account.shape === 'monthly') return planMonthly(world, account, latent);
  if (account.shape === 'multi-year') return planMultiYear(world, account);
  return planAnnual(world, account, latent);
}

/** The steps as events; those before the history fold into its first day. */
export function contractEvents(world: World, account: Account, plan: ContractPlan): SimulatedEvent[] {
  const record = recorder(world, account, 'crm');
  return plan.contracts.flatMap((steps) =>
    visibleSteps(world, withHistory(steps)).map(({ day, state }) =>
      record(
        contractChanged,
        `${state.contractId}-${day - world.start}`,
        { day, second: day === world.start ? 600 : 54_300 },
        state,
      ),
    ),
  );
}

function withHistory(steps: readonly ContractStep[]): ContractStep[] {
  let before: ContractState | undefined;
  return steps.map((step) => {
    const filled =
      step.state.currency === '' && before
        ? { ...before, ...step.state, currency: before.currency, lines: before.lines }
        : step.state;
    before = filled;
    return { day: step.day, state: filled };
  });
}

function visibleSteps(world: World, steps: readonly ContractStep[]): ContractStep[] {
  const old = steps.filter(({ day }) => day <= world.start).at(-1);
  const later = steps.filter(({ day }) => day > world.start && day <= world.horizon);
  return old ? [{ day: world.start, state: old.state }, ...later] : later;
}

/** The contracts of an account that run on a day, as they then stand. */
export function contractInForce(plan: ContractPlan, day: Day): ContractState[] {
  const date = isoDay(day);
  return plan.contracts
    .flatMap(
      (steps) =>
        withHistory(steps)
          .filter((step) => step.day <= day)
          .at(-1)?.state ?? [],
    )
    .filter(({ status, start, end }) => status !== 'ended' && start <= date && date <= end);
}
