import { Injectable } from '@nestjs/common';
import {
  type AccountKey,
  accountName,
  currentState,
  dataOf,
  emptyState,
  fold,
  type StateEvent,
  stateHistory,
  statementOfEvent,
  type Tx,
} from '@tenure/platform';
import { type ContractTerm, termsOf } from '../contracts/contract-term.domain';
import { type FoldedEvent, proposalsOf, toldContracts } from '../contracts/told-contracts.domain';
import type { KnownHealth, Proposal } from '../renewals/forecast.domain';
import type { AccountFacts } from '../renewals/renewal-row.domain';
import { ScoreRepository } from '../scores/score.repository';
import { accountFacts } from './account-facts.domain';

type Data = Readonly<Record<string, unknown>>;

/** Everything that ledger and renewals of one account follow from. */
export interface AccountStanding {
  readonly key: AccountKey;
  /** The account's own, else its tenant's. */
  readonly timeZone: string;
  readonly account: AccountFacts;
  readonly profile: Data;
  readonly terms: readonly ContractTerm[];
  readonly proposals: readonly Proposal[];
  readonly health: KnownHealth | null;
}

/** Reads accounts with profile, contracts in all their versions, and score. */
@Injectable()
export class AccountStandingReadModel {
  constructor(private readonly scores: ScoreRepository) {}

  async load(tx: Tx, keys: readonly AccountKey[]): Promise<AccountStanding[]> {
    const profiles = new Map((await currentState(tx, keys, ['account'])).map((each) => [accountName(each), each.data]));
    const events = Map.groupBy(await stateHistory(tx, keys, ['contract']), accountName);
    const zones = await this.timeZones(tx, keys);
    const scores = await this.scores.of(tx, keys);
    return keys.map((key) => {
      const name = accountName(key);
      const profile = profiles.get(name) ?? {};
      const own = profile['timeZone'];
      const timeZone = typeof own === 'string' ? own : (zones.get(key.tenantId) ?? 'UTC');
      const contracts = toldContracts(foldedEvents(events.get(name) ?? []), timeZone);
      const terms = contracts.flatMap((contract) => termsOf(contract, timeZone));
      const account = accountFacts(key.accountId, profile);
      const health = scores.get(name)?.health ?? null;
      return { key, timeZone, account, profile, terms, proposals: proposalsOf(contracts), health };
    });
  }

  private async timeZones(tx: Tx, keys: readonly AccountKey[]): Promise<Map<string, string>> {
    const rows = await tx.query<{ tenant_id: string; time_zone: string }>(
      'select tenant_id, time_zone from tenants where tenant_id = any($1)',
      [[...new Set(keys.map((key) => key.tenantId))]],
    );
    return new Map(rows.map((row) => [row.tenant_id, row.time_zone]));
  }
}

/** Each event with the state that the contract had once it was told, all of it being known. */
function foldedEvents(events: readonly StateEvent[]): FoldedEvent[] {
  const states = new Map<string, typeof emptyState>();
  return events.map((event) => {
    const state = fold(states.get(event.entityId) ?? emptyState, statementOfEvent(event));
    states.set(event.entityId, state);
    return { contractId: event.entityId, at: event.time, folded: dataOf(state), event: event.data };
  });
}
