import { Injectable } from '@nestjs/common';
import type { MovementKind } from '@tenure/contracts';
import type { AccountKey, Tx } from '@tenure/platform';
import type { ShownMovement } from './arr-body.domain';

/** What the ARR page of an account is made of. */
export interface ArrParts {
  readonly timeZone: string;
  readonly profile: Readonly<Record<string, unknown>>;
  readonly hasContracts: boolean;
  readonly movements: readonly ShownMovement[];
}

@Injectable()
export class ArrReadModel {
  /** Undefined: there is no such account. One that was merged away shows the account that it goes on as. */
  async one(tx: Tx, key: AccountKey): Promise<ArrParts | undefined> {
    const accountId = await this.living(tx, key);
    if (accountId === undefined) return undefined;
    const parameters = [key.tenantId, accountId];
    const [known] = await tx.query<{
      profile: Record<string, unknown> | null;
      contracts: boolean;
      zone: string | null;
    }>(
      `select (select data from state_current where tenant_id = $1 and account_id = $2 and entity = 'account' limit 1) as profile,
         exists (select 1 from state_current where tenant_id = $1 and account_id = $2 and entity = 'contract'
           and data->>'status' <> 'draft') as contracts,
         (select time_zone from tenants where tenant_id = $1) as zone`,
      parameters,
    );
    const profile = known?.profile ?? {};
    const own = profile['timeZone'];
    return {
      timeZone: typeof own === 'string' ? own : (known?.zone ?? 'UTC'),
      profile,
      hasContracts: known?.contracts ?? false,
      movements: await this.movements(tx, parameters),
    };
  }

  private async living(tx: Tx, { tenantId, accountId }: AccountKey): Promise<string | undefined> {
    const rows = await tx.query<{ account_id: string }>(
      `with recursive chain as (
         select account_id, merged_into, 1 as depth from accounts where tenant_id = $1 and account_id = $2 and erased_at is null
         union all
         select a.account_id, a.merged_into, c.depth + 1 from chain c
         join accounts a on a.tenant_id = $1 and a.account_id = c.merged_into where c.depth < 20
       ) select account_id from chain order by depth desc limit 1`,
      [tenantId, accountId],
    );
    return rows[0]?.account_id;
  }

  private async movements(tx: Tx, parameters: readonly unknown[]): Promise<ShownMovement[]> {
    const rows = await tx.query<{
      movement_id: string;
      day: number;
      kind: MovementKind;
      product: string;
      contract_id: string;
      amount_minor: string;
      currency: string;
      arr_after_minor: string;
      reason: string | null;
    }>(
      `select movement_id, day, kind, product, contract_id, amount_minor, currency, arr_after_minor, reason
       from arr_movements where tenant_id = $1 and account_id = $2 and not removed order by day, name collate "C"`,
      parameters,
    );
    return rows.map((row) => ({
      movementId: row.movement_id,
      day: row.day,
      kind: row.kind,
      product: row.product,
      contractId: row.contract_id,
      amountMinor: Number(row.amount_minor),
      currency: row.currency,
      arrAfterMinor: Number(row.arr_after_minor),
      reason: row.reason,
    }));
  }
}
