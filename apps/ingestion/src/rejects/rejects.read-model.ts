import { Injectable } from '@nestjs/common';
import type { RejectsBody } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

interface RejectRow {
  reject_id: string;
  received_at: Date;
  code: string;
  pointer: string;
  detail: string;
  body: unknown;
}

export type Reject = RejectsBody['items'][number];

/** Where a page begins: after this item, newest first. */
export interface RejectsPage {
  readonly code: string | undefined;
  readonly after: { readonly receivedAt: Date; readonly id: string } | undefined;
  readonly limit: number;
}

/** Reads what a source sent that was refused. */
@Injectable()
export class RejectsReadModel {
  async page(tx: Tx, tenantId: string, sourceId: string, page: RejectsPage): Promise<Reject[]> {
    const rows = await tx.query<RejectRow>(
      `select reject_id, received_at, code, pointer, detail, body from rejected_events
       where tenant_id = $1 and source_id = $2 and ($3::text is null or code = $3)
         and ($4::timestamptz is null or received_at < $4 or (received_at = $4 and reject_id > $5))
       order by received_at desc, reject_id limit $6`,
      [tenantId, sourceId, page.code ?? null, page.after?.receivedAt ?? null, page.after?.id ?? null, page.limit],
    );
    return rows.map((row) => ({
      id: row.reject_id,
      receivedAt: row.received_at.toISOString(),
      code: row.code,
      pointer: row.pointer,
      detail: row.detail,
      body: row.body,
    }));
  }

  async groups(tx: Tx, tenantId: string, sourceId: string): Promise<RejectsBody['groups']> {
    const rows = await tx.query<{ code: string; count: string }>(
      `select code, count(*) as count from rejected_events where tenant_id = $1 and source_id = $2
       group by code order by count(*) desc, code`,
      [tenantId, sourceId],
    );
    return rows.map((row) => ({ code: row.code, count: Number(row.count) }));
  }
}
