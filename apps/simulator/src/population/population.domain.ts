import type { Day } from '../world/calendar.domain';
import { addMonths } from '../world/calendar.domain';
import { randomOf } from '../world/random.domain';

/** How much of the risk shows: the standard deviation of the risk's log-odds beside the normal regime's. */
export const regimes = { easy: 1.5, normal: 1, hard: 0.6 } as const;
export type Regime = keyof typeof regimes;

/** What would mislead a naive model; each can be switched on alone. */
export interface Traps {
  /** A field that is only filled once the decision has fallen (an "offboarding" touchpoint booked after the notice). */
  readonly leakingField: boolean;
  /** Who left is missing from the data altogether. */
  readonly survivorBias: boolean;
  /** From this month on a new pricing moves the hazard's intercept and one weight. */
  readonly pricingChangeMonth: number | undefined;
  /** Large accounts use less per seat and yet renew more. */
  readonly simpsonSplit: boolean;
  /** A CSM saves a quarter of those contacted in trouble, which teaches that the signs were false. */
  readonly intervention: boolean;
  /** Renewals are decided by a coin: nothing observable has anything to do with them. */
  readonly noise: boolean;
}

export const noTraps: Traps = {
  leakingField: false,
  survivorBias: false,
  pricingChangeMonth: undefined,
  simpsonSplit: false,
  intervention: false,
  noise: false,
};

export interface PopulationOptions {
  readonly seed: string;
  readonly tenants: number;
  /** Size of every tenant; without it log-normal between 50 and 2,000. */
  readonly accounts?: number;
  readonly months: number;
  /** Last day of the history. */
  readonly until: Day;
  readonly regime: Regime;
  readonly traps: Traps;
}

/** One tenant of the population: its days, and what makes it different from the others. */
export interface Estate {
  readonly seed: string;
  readonly tenant: string;
  readonly accounts: number;
  readonly regime: Regime;
  readonly traps: Traps;
  /** The world begins here; what happens before `start` is thrown away. */
  readonly warmUp: Day;
  readonly start: Day;
  readonly until: Day;
  /** Day of the new pricing, if there is one. */
  readonly pricingChange: Day;
  /** Kinds of input that this tenant never connected. */
  readonly unconnected: ReadonlySet<string>;
  /** When its usage source was down: the events came in when it was repaired. */
  readonly outages: readonly { readonly from: Day; readonly to: Day }[];
}

const warmUpMonths = 6;
/** Share of the months in which a tenant's usage source is silent. */
const silentMonths = 0.05;

export function estates(options: PopulationOptions): Estate[] {
  return Array.from({ length: options.tenants }, (_, index) => estate(options, index));
}

function estate(options: PopulationOptions, index: number): Estate {
  const { months, until, regime, traps } = options;
  const seed = `${options.seed}/${index}`;
  const random = randomOf(seed, 'estate');
  const start = addMonths(until, -months) + 1;
  const size = Math.round(Math.exp(random.normal(5.8, 0.8)));
  return {
    seed,
    tenant: `${options.seed}-${index}`,
    accounts: options.accounts ?? Math.max(50, Math.min(2_000, size)),
    regime,
    traps,
    warmUp: addMonths(start, -warmUpMonths),
    start,
    until,
    pricingChange: traps.pricingChangeMonth === undefined ? Infinity : addMonths(start, traps.pricingChangeMonth),
    unconnected: new Set(['surveys', 'invoices', 'touchpoints'].filter(() => random.chance(0.12))),
    outages: Array.from({ length: months }, (_, month) => addMonths(start, month))
      .filter((from) => random.chance(silentMonths) && from + 45 < until)
      .map((from) => ({ from: from + 3, to: from + random.int(10, 30) })),
  };
}
