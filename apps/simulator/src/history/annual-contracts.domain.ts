import type { Account, World } from '../world/account.domain';
import { type Day, businessDay } from '../world/calendar.domain';
import { type Decision, decideRenewal } from '../world/hazard.domain';
import type { LatentHealth } from '../world/latent-health.domain';
import { products } from '../world/product.domain';
import { type Random, randomOf } from '../world/random.domain';
import {
  type ContractPlan,
  type ContractStep,
  type Term,
  endedStep,
  leaving,
  money,
  noticeOrEnd,
  signedSteps,
} from './contract-steps.domain';

/** Yearly terms around the anchor: what it replaced is older and, going back, smaller or larger by the factor of its renewal. */
export function planAnnual(world: World, account: Account, latent: LatentHealth): ContractPlan {
  const random = randomOf(world.seed, 'contracts', account.index);
  const renews = account.anchorEnd <= world.until && account.firstDay < account.anchorEnd - 60;
  const decision = renews ? decideRenewal(world, account, latent, account.anchorEnd) : undefined;
  const side = account.shape === 'co-termed' ? money(account.arr * 0.3) : 0;
  const core = { product: products.core, arr: account.arr - side, later: 0, letter: 'a' };
  const parts =
    side > 0 ? [core, { product: products.insights, arr: side, later: random.int(8, 26), letter: 'b' }] : [core];
  const factor = decision?.leaves ? 1 : renewalFactor(random);
  const contracts = parts.flatMap(({ later, ...part }) =>
    chain(world, account, random, { ...part, anchor: account.anchorEnd + later, factor, decision, renews }),
  );
  return {
    contracts,
    decisions: decision ? [decision] : [],
    lastDay: decision?.leaves ? account.anchorEnd : undefined,
  };
}

interface Chain {
  readonly product: string;
  readonly anchor: Day;
  readonly arr: number;
  readonly factor: number;
  readonly letter: string;
  readonly decision: Decision | undefined;
  readonly renews: boolean;
}

function chain(world: World, account: Account, random: Random, link: Chain): ContractStep[][] {
  const { product, anchor, letter, decision, renews } = link;
  const name = (year: number) => `ct-${account.index}-${letter}${year}`;
  if (!renews) {
    const start = account.firstDay;
    const newcomer: Term = {
      number: name(1),
      product,
      start,
      end: start + 364,
      arr: link.arr,
      signed: start - random.int(1, 9),
    };
    return [signedSteps(world, account, random, newcomer)];
  }
  const open = decision?.leaves || account.role === 'overdue';
  const before = open ? link.arr : money(link.arr / link.factor);
  const start = anchor - 364;
  const old: Term = { number: name(1), product, start, end: anchor, arr: before, signed: start - random.int(3, 30) };
  if (decision?.leaves) return [[...signedSteps(world, account, random, old), ...leaving(world, account, random, old)]];
  const signed = signatureDay(world, account, random, anchor);
  const next: Term = {
    number: name(2),
    product,
    start: anchor + 1,
    end: anchor + 365,
    arr: link.arr,
    signed,
    replaces: old.number,
  };
  const second = signedSteps(world, account, random, next, !open);
  const third: Term = {
    ...next,
    number: name(3),
    start: next.end + 1,
    end: next.end + 365,
    arr: money(link.arr * 1.03),
    signed: businessDay(next.end - 20),
    replaces: next.number,
  };
  const closing = noticeOrEnd(world, account, next, third);
  const steps = [
    [...signedSteps(world, account, random, old), endedStep(old, Math.max(anchor + 1, signed))],
    [...second, ...closing],
  ];
  return account.role === 'notice-given' ? steps : [...steps, signedSteps(world, account, random, third)];
}

function signatureDay(world: World, account: Account, random: Random, end: Day): Day {
  if (account.role === 'late-signed') return businessDay(end + random.int(18, 40));
  if (account.role === 'overdue') return businessDay(world.until + random.int(6, 16));
  return businessDay(end - random.int(6, 45));
}

/** Flat, a price uplift, more seats, or fewer. */
function renewalFactor(random: Random): number {
  const draw = random.next();
  if (draw < 0.42) return 1;
  if (draw < 0.7) return 1 + random.int(3, 7) / 100;
  return draw < 0.88 ? 1 + random.int(10, 30) / 100 : 1 - random.int(8, 25) / 100;
}
