import type { Account, World } from '../world/account.domain';
import { addMonths, endOfMonth, isoDay } from '../world/calendar.domain';
import { monthlyCancellation } from '../world/hazard.domain';
import type { LatentHealth } from '../world/latent-health.domain';
import { products } from '../world/product.domain';
import { randomOf } from '../world/random.domain';
import {
  type ContractPlan,
  type ContractStep,
  type Term,
  lineOf,
  money,
  reasonOf,
  signedSteps,
} from './contract-steps.domain';

/** Three years; half of them ramp up by a line each year. */
export function planMultiYear(world: World, account: Account): ContractPlan {
  const random = randomOf(world.seed, 'contracts', account.index);
  const { firstDay: start, anchorEnd: end } = account;
  const term: Term = {
    number: `ct-${account.index}-a1`,
    product: products.core,
    start,
    end,
    arr: account.arr,
    signed: start - random.int(5, 40),
  };
  const [step] = signedSteps(world, account, random, term);
  if (!step) return { contracts: [], decisions: [], lastDay: undefined };
  const years = [0, 1, 2].map((year) => start + year * 365);
  const running = years.filter((day) => day <= world.until).length;
  const part = money(account.arr * 0.15);
  const ramp = years.map((day, year) => {
    const arr = year === 0 ? account.arr - part * (running - 1) : part;
    return {
      ...lineOf(account, { lineId: `l${year + 1}`, product: products.core, arr }),
      ...(year === 0 ? {} : { start: isoDay(day) }),
    };
  });
  const state = random.chance(0.5) ? { ...step.state, lines: ramp } : step.state;
  return { contracts: [[{ day: step.day, state }]], decisions: [], lastDay: undefined };
}

/** Evergreen: every month carries the end a month further, until it is cancelled. */
export function planMonthly(world: World, account: Account, latent: LatentHealth): ContractPlan {
  const random = randomOf(world.seed, 'contracts', account.index);
  const decision = monthlyCancellation(world, account, latent);
  const lastDay = decision ? endOfMonth(decision.day) : undefined;
  const left = lastDay !== undefined && lastDay <= world.until ? lastDay : undefined;
  const term: Term = {
    number: `ct-${account.index}-a1`,
    product: products.core,
    start: account.firstDay,
    end: endOfMonth(account.firstDay),
    arr: account.arr,
    signed: account.firstDay,
  };
  const [first] = signedSteps(world, account, random, term);
  const state = first && { ...first.state, evergreen: true, billingPeriod: 'monthly', autoRenew: true, noticeDays: 30 };
  if (!state) return { contracts: [], decisions: [], lastDay: undefined };
  const steps: ContractStep[] = [{ day: account.firstDay, state }];
  for (let day = endOfMonth(account.firstDay) + 1; day <= (left ?? world.horizon); day = addMonths(day, 1)) {
    steps.push({ day, state: { ...state, end: isoDay(endOfMonth(day)) } });
  }
  if (left !== undefined) {
    const reason = reasonOf(account, random);
    steps.push({
      day: left + 1,
      state: { ...state, status: 'ended', end: isoDay(left), reasonCode: reason.code, reason: reason.text },
    });
  }
  return { contracts: [steps], decisions: decision ? [decision] : [], lastDay: left };
}
