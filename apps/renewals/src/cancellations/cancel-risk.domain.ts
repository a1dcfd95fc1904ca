import { fromMinor } from '@tenure/contracts';
import type { EpochDay } from '@tenure/scoring';
import type { Span } from '../contracts/contract-span.domain';
import { churnOf, type KnownHealth } from '../renewals/forecast.domain';
import { renews } from '../renewals/renewal-candidates.domain';

/** A short or evergreen plan: no renewal, but how likely it is to be cancelled. */
export interface CancelRisk {
  readonly contractId: string;
  /** Major units a year. */
  readonly arr: number;
  readonly currency: string;
  /** P(cancelled within 90 days). */
  readonly probability: number;
  /** P(cancelled within a month). */
  readonly monthly: number;
  readonly basis: 'prior';
  readonly why: string;
}

/** The plans of an account that can be cancelled any month; the prior speaks of a year, so it is spread evenly over it. */
export function cancelRisks(spans: readonly Span[], health: KnownHealth | null, today: EpochDay): CancelRisk[] {
  const plans = spans.filter((span) => !renews(span) && span.first <= today && today <= span.last && !span.overdue);
  return plans.map(({ term, last }) => {
    const leaving = Number.isFinite(last);
    const churn = churnOf(health, { leaving, overdue: false, autoRenew: false, endDay: term.state.end });
    const within = (months: number) =>
      round(leaving ? churn.probability : 1 - (1 - churn.probability) ** (months / 12));
    const lines = term.versions.filter(({ from }) => from <= today).at(-1)?.lines ?? [];
    const arrMinor = lines.reduce((sum, line) => sum + (line.kind === 'recurring' ? line.arrMinor : 0), 0);
    return {
      contractId: term.contractId,
      arr: fromMinor(arrMinor, term.state.currency),
      currency: term.state.currency,
      probability: within(3),
      monthly: within(1),
      basis: 'prior',
      why: churn.parts.map(({ reason }) => reason).join(' '),
    };
  });
}

const round = (share: number): number => Math.round(share * 10_000) / 10_000;
