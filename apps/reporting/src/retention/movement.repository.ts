import { type ArrMoved, type Envelope, toMinor } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

export class MovementRepository {
  /** An older or equal version of a movement changes nothing. */
  async save(tx: Tx, events: readonly Envelope<ArrMoved>[]): Promise<void> {
    const newest = new Map<string, Envelope<ArrMoved>>();
    for (const event of events) {
      const name = [event.tenantid, event.subject, event.data.movementId].join('\n');
      const known = newest.get(name);
      if (!known || known.data.version < event.data.version) newest.set(name, event);
    }
    await tx.query(
      `insert into arr_movements as m (tenant_id, account_id, movement_id, version, day, kind, product, contract_id,
         amount_minor, arr_after_minor, currency, reason)
       select * from jsonb_to_recordset($1::jsonb) as r(tenant_id text, account_id text, movement_id text, version bigint,
         day date, kind text, product text, contract_id text, amount_minor bigint, arr_after_minor bigint, currency text,
         reason text)
       on conflict (tenant_id, account_id, movement_id) do update set version = excluded.version, day = excluded.day,
         kind = excluded.kind, product = excluded.product, contract_id = excluded.contract_id,
         amount_minor = excluded.amount_minor, arr_after_minor = excluded.arr_after_minor, currency = excluded.currency,
         reason = excluded.reason
       where excluded.version > m.version`,
      [JSON.stringify([...newest.values()].map(rowOf))],
    );
  }
}

function rowOf({ tenantid, subject, data }: Envelope<ArrMoved>) {
  return {
    tenant_id: tenantid,
    account_id: subject,
    movement_id: data.movementId,
    version: data.version,
    day: data.date,
    kind: data.kind,
    product: data.product,
    contract_id: data.contractId,
    amount_minor: toMinor(data.amount, data.currency),
    arr_after_minor: toMinor(data.arrAfter, data.currency),
    currency: data.currency,
    reason: data.reason,
  };
}
