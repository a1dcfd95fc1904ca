import { regimes, type Estate } from './population.domain';

/** The ways to churn. The last one leaves no trace in what can be observed. */
export const troubleKinds = ['slow-decline', 'champion-cliff', 'never-onboarded', 'ticket-spiral', 'price'] as const;
export type TroubleKind = (typeof troubleKinds)[number];

/** How a trouble falls on the latent health: `depth` after `days`, for most of its victims; some recover. */
export interface TroubleNature {
  readonly depth: readonly [mean: number, deviation: number];
  readonly days: readonly [low: number, high: number];
  readonly recovers: number;
}

export const troubles: Readonly<Record<Exclude<TroubleKind, 'price'>, TroubleNature>> = {
  'slow-decline': { depth: [2, 0.7], days: [50, 120], recovers: 0.35 },
  'champion-cliff': { depth: [2.1, 0.7], days: [7, 21], recovers: 0.35 },
  'never-onboarded': { depth: [2, 0.6], days: [0, 1], recovers: 0.3 },
  'ticket-spiral': { depth: [2, 0.6], days: [30, 60], recovers: 0.4 },
};

/** Beginnings a year of an account that is not in trouble yet. */
export const yearly = {
  'slow-decline': 0.3,
  'ticket-spiral': 0.085,
  /** The champion leaves; `cliff` of these are not caught. */
  championLeaves: 0.16,
  cliff: 0.8,
  price: 0.012,
} as const;

/** Share of new accounts that never get going. */
export const neverOnboarded = 0.3;

/** Lasting blows and gifts that anyone can take. */
export const shocks: readonly { readonly cause: string; readonly yearly: number; readonly size: number }[] = [
  { cause: 'reorganisation', yearly: 0.06, size: -0.5 },
  { cause: 'competitor-trial', yearly: 0.05, size: -0.45 },
  { cause: 'budget-cut', yearly: 0.04, size: -0.4 },
  { cause: 'incident', yearly: 0.08, size: -0.25 },
  { cause: 'merger', yearly: 0.02, size: -0.7 },
  { cause: 'new-department', yearly: 0.12, size: 0.35 },
];

export const autoregression = 0.9;
export const weeklyNoise = 0.11;
/** What shows in use and means nothing: the customer's own season, projects, holidays. */
export const moodRegression = 0.93;
export const moodNoise = 0.13;
export const fitDeviation = 0.4;
export const usualHealth = 0.7;

/** Log-odds of a lost renewal: intercept by segment, a slope on health, what price does, what nobody can see. */
export interface Hazard {
  readonly intercept: Readonly<Record<Segment, number>>;
  readonly slope: number;
  readonly price: number;
  readonly unobserved: number;
  /** Weekly log-odds that a monthly plan is cancelled, at usual health. */
  readonly weekly: number;
  readonly weeklySlope: number;
}

export type Segment = 'enterprise' | 'mid-market' | 'smb';

const bySegment: Readonly<Record<Segment, number>> = { enterprise: -4.85, 'mid-market': -4.45, smb: -4.15 };

/** The hazard in force on a day: a new pricing raises the intercept and weakens what health means. */
export function hazardOn({ regime, traps, pricingChange }: Estate, day: number): Hazard {
  const strength = regimes[regime];
  const changed = day >= pricingChange;
  const lifted = { easy: -0.75, normal: 0, hard: 0.65 }[regime] + (changed ? 1.4 : 0);
  const simpson = (segment: Segment) => (traps.simpsonSplit && segment === 'enterprise' ? -0.8 : 0);
  return {
    intercept: {
      enterprise: bySegment.enterprise + lifted + simpson('enterprise'),
      'mid-market': bySegment['mid-market'] + lifted,
      smb: bySegment.smb + lifted,
    },
    slope: 1.45 * strength * (changed ? 0.7 : 1),
    price: 3.6,
    unobserved: 1,
    weekly: -7.9 + lifted,
    weeklySlope: 1.25 * strength * (changed ? 0.7 : 1),
  };
}
