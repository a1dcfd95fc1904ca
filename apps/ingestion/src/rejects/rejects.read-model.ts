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
  replayed_at: Date | null;
}

interface GroupRow {
  code: string;
  pointer: string;
  count: string;
  first_at: Date;
  last_at: Date;
  detail: string;
}

/** Clients choose the pointers, so there may be any number of them. */
const mostGroups = 100;

export type Reject = RejectsBody['items'][number];

/** Where a page begins: after this item, newest first. */
export interface RejectsPage {
  readonly code: string | undefined;
  readonly pointer: string | undefined;
  readonly after: { readonly receivedAt: Date; readonly id: string } | undefined;
  readonly limit: number;
}

/** Reads what a source sent that was refused. */
@Injectable()
export class RejectsReadModel {
  async page(tx: Tx, tenantId: string, sourceId: string, page: RejectsPage): Promise<Reject[]> {
    const rows = await tx.query<RejectRow>(
      `select reject_id, received_at, code, pointer, detail, body, replayed_at from rejected_events
       where tenant_id = $1 and source_id = $2 and settled is null
         and ($3::text is null or code = $3) and ($7::text is null or pointer = $7)
         and ($4::timestamptz is null or received_at < $4 or (received_at = $4 and reject_id > $5))
       order by received_at desc, reject_id limit $6`,
      [
        tenantId,
        sourceId,
        page.code ?? null,
        page.after?.receivedAt ?? null,
        page.after?.id ?? null,
        page.limit,
        page.pointer ?? null,
      ],
    );
    return rows.map((row) => ({
      id: row.reject_id,
      receivedAt: row.received_at.toISOString(),
      code: row.code,
      pointer: row.pointer,
      detail: row.detail,
      body: row.body,
      replayedAt: row.replayed_at?.toISOString() ?? null,
    }));
  }

  async groups(tx: Tx, tenantId: string, sourceId: string): Promise<RejectsBody['groups']> {
    const rows = await tx.query<GroupRow>(
      `select code, pointer, count(*) as count, min(received_at) as first_at, max(received_at) as last_at,
         (array_agg(detail order by received_at desc))[1] as detail
       from rejected_events where tenant_id = $1 and source_id = $2 and settled is null
       group by code, pointer order by count(*) desc, code, pointer limit $3`,
      [tenantId, sourceId, mostGroups],
    );
    return rows.map((row) => ({
      code: row.code,
      pointer: row.pointer,
      count: Number(row.count),
      firstAt: row.first_at.toISOString(),
      lastAt: row.last_at.toISOString(),
      detail: row.detail,
    }));
  }
}
