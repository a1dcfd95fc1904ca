import type { MovementKind } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';
import { dayFromIso, type EpochDay, isoFromDay } from '@tenure/scoring';
import { type LedgerAccount, type LedgerLine, logoOf } from './retention.domain';

/** A line with everything that the ledger says of it. */
export interface FullLine extends LedgerLine {
  readonly movementId: string;
  readonly accountName: string | null;
  readonly product: string | null;
  readonly contractId: string | null;
  readonly arrAfterMinor: bigint;
  readonly reason: string | null;
}

/** An account of the ledger with what it can be grouped by, as it is now. */
export interface FullAccount extends LedgerAccount<FullLine> {
  readonly segment: string | null;
  readonly owner: string | null;
}

interface Row {
  readonly account_id: string;
  readonly movement_id: string;
  readonly name: string | null;
  readonly segment: string | null;
  readonly owner_email: string | null;
  readonly day: string;
  readonly kind: MovementKind;
  readonly currency: string;
  readonly amount_minor: string;
  readonly arr_after_minor: string;
  readonly product: string | null;
  readonly contract_id: string | null;
  readonly reason: string | null;
}

/** The ARR ledger of the tenant's customers. */
export class LedgerReadModel {
  /** Every line before `to`, in the order of the ledger, by account. Only kind customer (or none told) is in it. */
  async accounts(tx: Tx, tenantId: string, to: EpochDay): Promise<FullAccount[]> {
    const rows = await tx.query<Row>(
      `select m.account_id, m.movement_id, p.name, p.segment, p.owner_email, to_char(m.day, 'YYYY-MM-DD') as day, m.kind,
         m.currency, m.amount_minor, m.arr_after_minor, m.product, m.contract_id, m.reason
       from arr_movements m join portfolio p using (tenant_id, account_id)
       where m.tenant_id = $1 and m.day < $2::date and coalesce(p.kind, 'customer') = 'customer' and m.amount_minor <> 0
       order by m.account_id, m.day, m.movement_id`,
      [tenantId, isoFromDay(to)],
    );
    const parents = await this.parents(tx, tenantId);
    return [...Map.groupBy(rows, (row) => row.account_id)].map(([accountId, own]) => ({
      accountId,
      logo: logoOf(accountId, parents),
      segment: own[0]?.segment ?? null,
      owner: own[0]?.owner_email ?? null,
      lines: own.map(lineOf),
    }));
  }

  private async parents(tx: Tx, tenantId: string): Promise<Map<string, string>> {
    const rows = await tx.query<{ account_id: string; parent_id: string }>(
      'select account_id, parent_id from portfolio where tenant_id = $1 and parent_id is not null',
      [tenantId],
    );
    return new Map(rows.map((row) => [row.account_id, row.parent_id]));
  }
}

function lineOf(row: Row): FullLine {
  return {
    accountId: row.account_id,
    movementId: row.movement_id,
    accountName: row.name,
    day: dayFromIso(row.day),
    kind: row.kind,
    currency: row.currency,
    amountMinor: BigInt(row.amount_minor),
    arrAfterMinor: BigInt(row.arr_after_minor),
    product: row.product,
    contractId: row.contract_id,
    reason: row.reason,
  };
}
