import { roundedMinor } from '@tenure/contracts';
import { contractStateOf, zonedDay } from '@tenure/scoring';
import type { Proposal } from '../renewals/forecast.domain';
import type { AccountContract, ToldContract } from './contract-term.domain';

type Data = Readonly<Record<string, unknown>>;

/** A contract as it was known after one event, and that event by itself. */
export interface FoldedEvent {
  readonly contractId: string;
  readonly at: Date;
  readonly folded: Data;
  readonly event: Data;
}

/** Contracts of an account from their events, in the order of event time. */
export function toldContracts(events: readonly FoldedEvent[], timeZone: string): AccountContract[] {
  return [...Map.groupBy(events, (one) => one.contractId)].map(([contractId, list]) => ({
    contractId,
    told: list.map((one) => toldOf(one, timeZone)),
  }));
}

function toldOf({ at, folded, event }: FoldedEvent, timeZone: string): ToldContract {
  const { effectiveAt } = event;
  const { reasonCode } = folded;
  return {
    at: at.getTime(),
    state: contractStateOf(folded, { timeZone, toMinor: roundedMinor }),
    effectiveDay: typeof effectiveAt === 'string' ? zonedDay(Date.parse(effectiveAt), timeZone) : null,
    reasonCode: typeof reasonCode === 'string' ? reasonCode : null,
  };
}

/** Drafts that name what they are to follow: the renewal is being talked about, and at what amount. */
export function proposalsOf(contracts: readonly AccountContract[]): Proposal[] {
  return contracts.flatMap(({ told }) => {
    const state = told.at(-1)?.state;
    if (state?.status !== 'draft' || !state.replacesContractIds?.length) return [];
    const first = state.lines.filter((line) => line.kind === 'recurring' && (line.start ?? state.start) <= state.start);
    const arrMinor = first.reduce((sum, line) => sum + line.arrMinor, 0);
    return [{ replaces: state.replacesContractIds, currency: state.currency, arrMinor }];
  });
}
