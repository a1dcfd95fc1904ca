import type { Account, World } from './account.domain';
import type { Day } from './calendar.domain';
import type { CastRole } from './cast.domain';
import { randomOf } from './random.domain';

/**
 * The latent state of an account, week by week, in logits around a healthy 0.6: a persistent fit, an AR(1) that forgets in about
 * six weeks, lasting shocks, and the fall that its role brings with it. Nobody observes it; everything observable leans on it.
 */
export type LatentHealth = readonly number[];

const autoregression = 0.85;
const weeklyNoise = 0.11;

/** Lasting blows that anyone can take, per year. */
const shocks: readonly { readonly cause: string; readonly yearly: number; readonly size: number }[] = [
  { cause: 'reorganisation', yearly: 0.06, size: -0.45 },
  { cause: 'competitor-trial', yearly: 0.05, size: -0.45 },
  { cause: 'budget-cut', yearly: 0.04, size: -0.35 },
  { cause: 'new-department', yearly: 0.1, size: 0.3 },
];

interface Fall {
  readonly depth: number;
  /** Days from the onset to the full depth. */
  readonly days: number;
  /** Days after the onset when it is over. */
  readonly until?: number;
}

const falls: Readonly<Partial<Record<CastRole, Fall>>> = {
  'slow-decline': { depth: 3.4, days: 70 },
  'fast-decline': { depth: 2.9, days: 3 },
  silence: { depth: 1, days: 7 },
  'champion-left': { depth: 0.7, days: 7 },
  'ticket-spike': { depth: 0.5, days: 7 },
  escalation: { depth: 0.4, days: 7 },
  'negative-sentiment': { depth: 0.6, days: 14 },
  'notice-given': { depth: 1.3, days: 60 },
  'onboarding-stalled': { depth: 1.6, days: 1 },
  recovered: { depth: 2.2, days: 21, until: 63 },
  'past-slow-decline': { depth: 2.7, days: 80 },
  'past-champion-cliff': { depth: 2.2, days: 14 },
  'past-never-onboarded': { depth: 2, days: 1 },
  'past-ticket-spiral': { depth: 1.8, days: 40 },
};

export function latentHealth(world: World, account: Account): LatentHealth {
  const random = randomOf(world.seed, 'latent', account.index);
  const fit =
    (account.inBook || account.stays ? 0.75 : 0.65) + random.normal(0, account.role === 'healthy' ? 0.45 : 0.2);
  const weeks = Math.ceil((world.horizon - world.start + 1) / 7);
  let drift = 0;
  let blows = 0;
  return Array.from({ length: weeks }, (_, week) => {
    drift = autoregression * drift + random.normal(0, weeklyNoise);
    for (const shock of shocks) if (random.chance(shock.yearly / 52)) blows += shock.size;
    return Math.max(fit, 0.1) + drift + blows - fallOn(account, world.start + week * 7 + 3);
  });
}

function fallOn(account: Account, day: Day): number {
  const fall = falls[account.role];
  if (!fall || account.onset === undefined) return 0;
  const since = day - account.onset;
  if (since < 0 || (fall.until !== undefined && since > fall.until)) return 0;
  return fall.depth * Math.min(1, since / fall.days);
}

export function healthOn(world: World, latent: LatentHealth, day: Day): number {
  const week = Math.floor((day - world.start) / 7);
  return latent[Math.max(0, Math.min(week, latent.length - 1))] ?? 0;
}

export function meanHealth(world: World, latent: LatentHealth, from: Day, to: Day): number {
  const days = Array.from({ length: Math.max(1, Math.ceil((to - from) / 7)) }, (_, week) => from + week * 7);
  return days.reduce((sum, day) => sum + healthOn(world, latent, day), 0) / days.length;
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Share of an account's users who use the product at all: 0.84 when healthy, a quarter when very ill. */
export function engagement(health: number): number {
  return 0.12 + 0.83 * sigmoid(1.5 * health + 0.9);
}
