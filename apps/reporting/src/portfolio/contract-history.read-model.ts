import { roundedMinor } from '@tenure/contracts';
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
import { type ContractHistory, type ContractState, contractStateOf, type Entity, timedStates } from '@tenure/scoring';
import { TenantsReadModel } from '../tenants/tenants.read-model';

type Data = Readonly<Record<string, unknown>>;

/** What the terms of one account are computed from, beside its folded profile. */
export interface AccountContracts extends ContractHistory {
  readonly key: AccountKey;
  readonly profileData: Data;
}

/** Reads profile and contracts of accounts as the terms need them: contracts with all their versions, as health does. */
export class ContractHistoryReadModel {
  private readonly tenants = new TenantsReadModel();

  async load(tx: Tx, keys: readonly AccountKey[]): Promise<AccountContracts[]> {
    const profiles = new Map((await currentState(tx, keys, ['account'])).map((each) => [accountName(each), each.data]));
    const events = Map.groupBy(await stateHistory(tx, keys, ['contract']), accountName);
    const tenants = await this.tenants.of(tx, [...new Set(keys.map((key) => key.tenantId))]);
    return keys.map((key) => {
      const profileData = profiles.get(accountName(key)) ?? {};
      const own = profileData['timeZone'];
      const timeZone = typeof own === 'string' ? own : (tenants.get(key.tenantId)?.timeZone ?? 'UTC');
      const contracts = contractsOf(events.get(accountName(key)) ?? [], timeZone);
      return { key, profileData, timeZone, contracts, profile: profileOf(profileData) };
    });
  }
}

function contractsOf(events: readonly StateEvent[], timeZone: string): Entity<ContractState>[] {
  return [...Map.groupBy(events, (event) => event.entityId)].map(([id, list]) => ({
    id,
    states: timedStates(
      list.map((event) => ({ at: event.time.getTime(), knownAt: event.knownAt.getTime(), event })),
      (known) => contractStateOf(foldedData(known.map(({ event }) => event)), { timeZone, toMinor: roundedMinor }),
    ),
  }));
}

function foldedData(events: readonly StateEvent[]): Data {
  return dataOf(events.map(statementOfEvent).reduce(fold, emptyState));
}

/** The profile as it is known now; terms read nothing of it but ARR and currency. */
function profileOf(data: Data): ContractHistory['profile'] {
  const { arr, currency } = data;
  if (typeof arr !== 'number' || typeof currency !== 'string') return [];
  return [{ at: 0, knownAt: 0, state: { arrMinor: roundedMinor(arr, currency), currency } }];
}
