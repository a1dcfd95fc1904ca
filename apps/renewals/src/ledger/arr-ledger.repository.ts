import { Injectable } from '@nestjs/common';
import type { MovementKind } from '@tenure/contracts';
import { type AccountKey, accountName, type Tx } from '@tenure/platform';
import type { KeptMovement } from './ledger-changes.domain';

/** A movement on its way into the table. */
export interface MovementRow {
  readonly key: AccountKey;
  readonly movementId: string;
  readonly movement: KeptMovement;
}

interface Row {
  tenant_id: string;
  account_id: string;
  name: string;
  version: string;
  day: number;
  kind: MovementKind;
  product: string;
  contract_id: string;
  amount_minor: string;
  currency: string;
  arr_after_minor: string;
  reason: string | null;
  removed: boolean;
  since: Date;
}

/** The kept ledgers. */
@Injectable()
export class ArrLedgerRepository {
  /** Movements by account name, removed ones included. */
  async load(tx: Tx, keys: readonly AccountKey[]): Promise<Map<string, KeptMovement[]>> {
    const rows = await tx.query<Row>(
      `select m.* from arr_movements m
       join unnest($1::text[], $2::text[]) as k(tenant_id, account_id) using (tenant_id, account_id)`,
      [keys.map((key) => key.tenantId), keys.map((key) => key.accountId)],
    );
    const named = rows.map((row) => [nameOf(row), movementOf(row)] as const);
    return new Map(
      [...Map.groupBy(named, ([name]) => name)].map(([name, list]) => [name, list.map(([, movement]) => movement)]),
    );
  }

  async save(tx: Tx, list: readonly MovementRow[]): Promise<void> {
    if (list.length === 0) return;
    const column = <T>(value: (row: MovementRow) => T): T[] => list.map(value);
    await tx.query(
      `insert into arr_movements (tenant_id, account_id, movement_id, name, version, day, kind, product, contract_id,
         amount_minor, currency, arr_after_minor, reason, removed, since)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::int[], $7::text[], $8::text[],
         $9::text[], $10::bigint[], $11::text[], $12::bigint[], $13::text[], $14::boolean[], $15::timestamptz[])
       on conflict (tenant_id, account_id, movement_id) do update set version = excluded.version, kind = excluded.kind,
         product = excluded.product, contract_id = excluded.contract_id, amount_minor = excluded.amount_minor,
         arr_after_minor = excluded.arr_after_minor, reason = excluded.reason, removed = excluded.removed`,
      [
        column(({ key }) => key.tenantId),
        column(({ key }) => key.accountId),
        column(({ movementId }) => movementId),
        column(({ movement }) => movement.name),
        column(({ movement }) => movement.version),
        column(({ movement }) => movement.day),
        column(({ movement }) => movement.kind),
        column(({ movement }) => movement.product),
        column(({ movement }) => movement.contractId),
        column(({ movement }) => movement.amountMinor),
        column(({ movement }) => movement.currency),
        column(({ movement }) => movement.arrAfterMinor),
        column(({ movement }) => movement.reason),
        column(({ movement }) => movement.removed),
        column(({ movement }) => new Date(movement.since)),
      ],
    );
  }
}

const nameOf = (row: Row): string => accountName({ tenantId: row.tenant_id, accountId: row.account_id });

function movementOf(row: Row): KeptMovement {
  return {
    name: row.name,
    version: Number(row.version),
    day: row.day,
    kind: row.kind,
    product: row.product,
    contractId: row.contract_id,
    amountMinor: Number(row.amount_minor),
    currency: row.currency,
    arrAfterMinor: Number(row.arr_after_minor),
    reason: row.reason,
    removed: row.removed,
    since: row.since.getTime(),
  };
}
