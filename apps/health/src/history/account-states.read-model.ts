import { Injectable } from '@nestjs/common';
import { type AccountKey, accountName, currentState, type EntityState, type Tx } from '@tenure/platform';
import type { TouchingIncident } from '@tenure/scoring';

import { HeldJudgementReadModel } from '../evaluation/held-judgement.read-model';
import { TenantFactsReadModel } from '../tenants/tenant-facts.read-model';
import { AccountHistoryReadModel } from './account-history.read-model';
import { type AccountFacts, type AccountState, ownerOf } from './hot-state.domain';

/** Reads accounts whole: history, what was decided so far, and facts. For some dozens at a time; a year is a lot of rows. */
@Injectable()
export class AccountStatesReadModel {
  constructor(
    private readonly histories: AccountHistoryReadModel,
    private readonly judgements: HeldJudgementReadModel,
    private readonly tenants: TenantFactsReadModel,
  ) {}

  /** Those of the accounts that exist, in the order asked for. */
  async load(tx: Tx, keys: readonly AccountKey[]): Promise<AccountState[]> {
    const tenants = await this.tenants.of(tx, [...new Set(keys.map((key) => key.tenantId))]);
    const [histories, held, current] = await Promise.all([
      this.histories.load(tx, keys, tenants),
      this.judgements.load(tx, keys),
      currentState(tx, keys, ['account', 'incident']),
    ]);
    const states = Map.groupBy(current, accountName);
    return keys.flatMap((key) => {
      const name = accountName(key);
      const history = histories.get(name);
      const judgement = held.get(name);
      if (!history || !judgement) return [];
      return [{ key, state: { history, facts: factsOf(states.get(name) ?? []), ...judgement } }];
    });
  }
}

function factsOf(states: readonly EntityState[]): AccountFacts {
  const data = states.find((each) => each.entity === 'account')?.data ?? {};
  return {
    name: typeof data['name'] === 'string' ? data['name'] : null,
    externalIds: (data['externalIds'] as Record<string, string> | undefined) ?? {},
    parentId: typeof data['parentId'] === 'string' ? data['parentId'] : null,
    owner: ownerOf(data['team']),
    tags: (data['tags'] as readonly string[] | undefined) ?? [],
    incidentOpen: states.some((each) => each.entity === 'incident' && each.data['status'] === 'open'),
    incidents: states.filter((each) => each.entity === 'incident').map(incidentOf),
  };
}

function incidentOf({ entityId, data, firstTime, lastTime }: EntityState): TouchingIncident {
  const instant = (value: unknown): number | undefined => (typeof value === 'string' ? Date.parse(value) : undefined);
  const endedAt = data['status'] === 'open' ? null : (instant(data['endedAt']) ?? lastTime.getTime());
  return { id: entityId, startedAt: instant(data['startedAt']) ?? firstTime.getTime(), endedAt };
}
