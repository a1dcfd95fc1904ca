import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';
import { randomUUID } from 'node:crypto';

import type { KeptItem } from './live-item.domain';

/** Keeps what somebody watches, for a while. */
@Injectable()
export class LiveRepository {
  /** Keeps these and forgets what is beyond the newest `most` of the source. @param skipped what was not kept beside them */
  async keep(
    tx: Tx,
    tenantId: string,
    sourceId: string,
    items: readonly KeptItem[],
    { skipped, most }: { skipped: number; most: number },
  ): Promise<void> {
    await tx.query(
      `insert into live_items (tenant_id, source_id, item_id, at, way, outcome, type, account_id, user_id, raw, mapped, cut,
         code, pointer, detail, skipped)
       select $1, $2, n.* from unnest($3::uuid[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[],
         $9::text[], $10::text[], $11::text[], $12::boolean[], $13::text[], $14::text[], $15::text[], $16::int[]) as n`,
      [
        tenantId,
        sourceId,
        items.map(() => randomUUID()),
        items.map((each) => each.at),
        items.map((each) => each.way),
        items.map((each) => each.outcome),
        items.map((each) => each.type),
        items.map((each) => each.accountId),
        items.map((each) => each.userId),
        items.map((each) => each.raw),
        items.map((each) => each.mapped),
        items.map((each) => each.cut),
        items.map((each) => each.reason?.code ?? null),
        items.map((each) => each.reason?.pointer ?? null),
        items.map((each) => each.reason?.detail ?? null),
        items.map((_, at) => (at === 0 ? skipped : 0)),
      ],
    );
    await tx.query(
      `delete from live_items where tenant_id = $1 and source_id = $2 and item_id in (
         select item_id from live_items where tenant_id = $1 and source_id = $2 order by at desc, item_id offset $3)`,
      [tenantId, sourceId, most],
    );
  }

  async forgetBefore(tx: Tx, tenantId: string, before: Date): Promise<void> {
    await tx.query('delete from live_items where tenant_id = $1 and at < $2', [tenantId, before]);
  }
}
