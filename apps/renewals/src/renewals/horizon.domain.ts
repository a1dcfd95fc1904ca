import { dayStart, type EpochDay, type Instant } from '@tenure/scoring';
import { GRACE_DAYS, type Span } from '../contracts/contract-span.domain';
import type { RenewalFacts } from './renewal-candidates.domain';

/** How far ahead of its decision a renewal is kept, and when it is prepared. Days. */
export interface Lead {
  readonly horizon: number;
  readonly preparing: number;
}

const USUAL: Lead = { horizon: 365, preparing: 120 };
const ENTERPRISE: Lead = { horizon: 540, preparing: 150 };

export const leadOf = (segment: string | null): Lead => (segment === 'enterprise' ? ENTERPRISE : USUAL);

/** A contract of several years is kept from the horizon of its next checkpoint on. */
export const opensOn = (facts: RenewalFacts, { horizon }: Lead): EpochDay =>
  Math.min(facts.decisionDay, facts.checkpointDay ?? Infinity) - horizon;

/** When the clock alone can next change ledger or renewals; null: nothing is ahead. Waking too early is harmless. */
export function nextTurn(
  spans: readonly Span[],
  candidates: readonly RenewalFacts[],
  lead: Lead,
  today: EpochDay,
  timeZone: string,
): Instant | null {
  const ofRenewals = candidates.flatMap((one) => [
    opensOn(one, lead),
    one.decisionDay - lead.preparing,
    one.decisionDay + 1,
    one.endDay + 1,
    one.checkpointDay ?? NaN,
  ]);
  const ofContracts = spans.flatMap(({ term: { state }, last }) => [
    state.end + 1,
    state.end + GRACE_DAYS + 1,
    last + 1,
  ]);
  const ahead = [...ofRenewals, ...ofContracts].filter((day) => Number.isFinite(day) && day > today);
  return ahead.length === 0 ? null : dayStart(Math.min(...ahead), timeZone);
}
