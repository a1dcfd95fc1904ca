import { Injectable } from '@nestjs/common';
import type { EventRejected } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

/** Files refused items. */
@Injectable()
export class RejectsRepository {
  async file(tx: Tx, tenantId: string, list: readonly EventRejected[]): Promise<void> {
    await tx.query(
      `insert into rejected_events
         (tenant_id, source_id, reject_id, received_at, item_index, event_id, type, code, pointer, detail, body)
       select $1, n.source_id, n.reject_id, n.received_at, n.item_index, n.event_id, n.type, n.code, n.pointer, n.detail, n.body::jsonb
       from unnest($2::text[], $3::text[], $4::timestamptz[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[],
         $10::text[], $11::text[])
         as n(source_id, reject_id, received_at, item_index, event_id, type, code, pointer, detail, body)
       on conflict do nothing`,
      [
        tenantId,
        list.map((each) => each.sourceId),
        list.map((each) => each.rejectId),
        list.map((each) => each.receivedAt),
        list.map((each) => each.index),
        list.map((each) => each.id),
        list.map((each) => each.type),
        list.map((each) => each.code),
        list.map((each) => each.pointer),
        list.map((each) => each.detail),
        list.map((each) => JSON.stringify(each.body)),
      ],
    );
  }

  async forgetBefore(tx: Tx, tenantId: string, before: Date): Promise<void> {
    await tx.query('delete from rejected_events where tenant_id = $1 and received_at < $2', [tenantId, before]);
  }
}
