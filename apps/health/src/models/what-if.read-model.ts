import { Injectable } from '@nestjs/common';
import { fromMinor } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';
import { asOf, FEATURE_NAMES, type FeatureName, features } from '@tenure/scoring';

import { AccountStatesReadModel } from '../history/account-states.read-model';

/** What a browser needs to score an account by any model: the same numbers that the live score is made of. */
export interface WhatIfAccount {
  readonly accountId: string;
  readonly name: string | null;
  readonly arr: number | null;
  readonly currency: string | null;
  readonly asOf: string;
  readonly segment: string | null;
  readonly stage: string | null;
  readonly band: string | null;
  readonly score: number | null;
  readonly values: Readonly<Record<FeatureName, number | null>>;
}

interface Row {
  account_id: string;
  arr_minor: string | null;
  currency: string | null;
}

/** The accounts with the largest ARR, for the editor's what-if. */
@Injectable()
export class WhatIfReadModel {
  constructor(private readonly states: AccountStatesReadModel) {}

  async largest(tx: Tx, tenantId: string, limit: number, now: number): Promise<WhatIfAccount[]> {
    const rows = await tx.query<Row>(
      `select account_id, arr_minor, currency from accounts where tenant_id = $1 and merged_into is null
         and first_seen is not null and not importing order by arr_minor desc nulls last, account_id limit $2`,
      [tenantId, limit],
    );
    const found = await this.states.load(
      tx,
      rows.map((row) => ({ tenantId, accountId: row.account_id })),
    );
    return found.map(({ key, state }) => {
      const row = rows.find((each) => each.account_id === key.accountId);
      const known = features(state.history, asOf(now));
      const money = row?.arr_minor && row.currency ? fromMinor(Number(row.arr_minor), row.currency) : null;
      return {
        accountId: key.accountId,
        name: state.facts.name,
        arr: money,
        currency: money === null ? null : (row?.currency ?? null),
        asOf: known.asOf,
        segment: known.segment,
        stage: known.stage,
        band: state.score?.band ?? null,
        score: state.score?.score ?? null,
        values: Object.fromEntries(
          FEATURE_NAMES.map((name) => [name, known.values[name].value]),
        ) as WhatIfAccount['values'],
      };
    });
  }
}
