import { invoiceChanged } from '@tenure/contracts';
import type { World } from '../world/account.domain';
import { type Day, addMonths, dayOf, isoTime } from '../world/calendar.domain';
import { randomOf } from '../world/random.domain';
import type { AccountPlan } from './account-plan.domain';
import type { ContractState } from './contract-steps.domain';
import { type SimulatedEvent, recorder } from './event.domain';

const months = { monthly: 1, quarterly: 3, yearly: 12 } as const;
/** Invoices are late for harmless reasons, too. */
const harmlesslyLate = 0.1;

/** An invoice per billing period of every contract, with its payment. */
export function invoiceEvents(world: World, plan: AccountPlan): SimulatedEvent[] {
  return plan.contracts.contracts.flatMap((steps) => {
    const [first] = steps;
    if (!first) return [];
    const end = Math.max(...steps.map(({ state }) => dayOf(state.end)));
    return periods(first.state, Math.min(end, plan.lastDay, world.horizon)).flatMap((day) =>
      invoice(world, plan, first.state, day),
    );
  });
}

function periods(contract: ContractState, last: Day): Day[] {
  const step =
    contract.billingPeriod === 'monthly'
      ? months.monthly
      : contract.billingPeriod === 'quarterly'
        ? months.quarterly
        : months.yearly;
  const start = dayOf(contract.start);
  const days: Day[] = [];
  for (let count = 0; addMonths(start, count * step) <= last; count += 1) days.push(addMonths(start, count * step));
  return days;
}

function invoice(world: World, plan: AccountPlan, contract: ContractState, day: Day): SimulatedEvent[] {
  if (day < world.start) return [];
  const random = randomOf(world.seed, 'invoice', contract.contractId, day - world.until);
  const record = recorder(world, plan.account, 'billing');
  const perYear = contract.billingPeriod === 'monthly' ? 12 : contract.billingPeriod === 'quarterly' ? 4 : 1;
  const amount = Math.round((contract.lines.reduce((sum, { arr }) => sum + arr, 0) / perYear) * 100) / 100;
  const invoiceId = `in-${contract.contractId}-${day - world.start}`;
  const due = day + 30;
  const base = {
    invoiceId,
    contractId: contract.contractId,
    amount,
    currency: contract.currency,
    dueAt: isoTime(due, 82_800),
  };
  const late = random.chance(harmlesslyLate);
  const paid = late ? due + random.int(4, 25) : day + random.int(8, 28);
  const open = record(invoiceChanged, invoiceId, { day, second: 30_000 }, { ...base, status: 'open' });
  const overdue = record(
    invoiceChanged,
    `${invoiceId}-o`,
    { day: due + 1, second: 30_000 },
    { ...base, status: 'overdue' },
  );
  const done = record(
    invoiceChanged,
    `${invoiceId}-p`,
    { day: paid, second: 40_000 },
    { ...base, status: 'paid', paidAt: isoTime(paid, 40_000) },
  );
  return late ? [open, overdue, done] : [open, done];
}
