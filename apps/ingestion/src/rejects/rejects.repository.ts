import { Injectable } from '@nestjs/common';
import type { EventRejected } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

/** Which refused items a replay takes: those of one reason, named ones, or all; none that was tried since `since`. */
export interface ReplayFilter {
  readonly code: string | undefined;
  readonly pointer: string | undefined;
  readonly ids: readonly string[] | undefined;
  readonly since: Date;
}

/** A refused item as a replay needs it. */
export interface OpenReject {
  readonly rejectId: string;
  readonly receivedMs: number;
  readonly body: unknown;
  readonly way: string | null;
  /** JSON of what its request said for all its items. */
  readonly shared: string | null;
  /** That was too long to keep. */
  readonly sharedLost: boolean;
}

export interface RefusedAgain {
  readonly id: string;
  readonly code: string;
  readonly pointer: string;
  readonly detail: string;
}

interface OpenRow {
  reject_id: string;
  received_at: Date;
  body: unknown;
  way: string | null;
  shared: string | null;
  shared_lost: boolean;
}

const toReplay = `tenant_id = $1 and source_id = $2 and settled is null
  and ($3::text is null or code = $3) and ($4::text is null or pointer = $4) and ($5::text[] is null or reject_id = any($5))
  and (replayed_at is null or replayed_at < $6::timestamptz)`;

const filterOf = (tenantId: string, sourceId: string, { code, pointer, ids }: ReplayFilter): unknown[] => [
  tenantId,
  sourceId,
  code ?? null,
  pointer ?? null,
  ids ?? null,
];

const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD').slice(0, 2000);

/** Files refused items. */
@Injectable()
export class RejectsRepository {
  async file(tx: Tx, tenantId: string, list: readonly EventRejected[]): Promise<void> {
    await tx.query(
      `insert into rejected_events
         (tenant_id, source_id, reject_id, received_at, item_index, event_id, type, code, pointer, detail, body, way, shared,
          shared_lost)
       select $1, n.source_id, n.reject_id, n.received_at, n.item_index, n.event_id, n.type, n.code, n.pointer, n.detail,
         n.body::jsonb, n.way, n.shared, n.shared_lost
       from unnest($2::text[], $3::text[], $4::timestamptz[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[],
         $10::text[], $11::text[], $12::text[], $13::text[], $14::boolean[])
         as n(source_id, reject_id, received_at, item_index, event_id, type, code, pointer, detail, body, way, shared,
              shared_lost)
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
        list.map((each) => each.way ?? null),
        list.map((each) => each.shared ?? null),
        list.map((each) => each.shared === null),
      ],
    );
  }

  /**
   * Takes the oldest that this run has not tried yet, and marks them as tried: another run that goes on at the same time
   * takes others.
   */
  async claim(tx: Tx, tenantId: string, sourceId: string, wanted: ReplayFilter, limit: number): Promise<OpenReject[]> {
    const rows = await tx.query<OpenRow>(
      `with chosen as materialized (
         select reject_id from rejected_events
         where ${toReplay} order by received_at, reject_id limit $7 for update skip locked)
       update rejected_events r set replayed_at = $6 from chosen c
       where r.tenant_id = $1 and r.source_id = $2 and r.reject_id = c.reject_id
       returning r.reject_id, received_at, body, way, shared, shared_lost`,
      [...filterOf(tenantId, sourceId, wanted), wanted.since, limit],
    );
    return rows.map((row) => ({
      rejectId: row.reject_id,
      receivedMs: row.received_at.getTime(),
      body: row.body,
      way: row.way,
      shared: row.shared,
      sharedLost: row.shared_lost,
    }));
  }

  async remaining(tx: Tx, tenantId: string, sourceId: string, wanted: ReplayFilter): Promise<number> {
    const [row] = await tx.query<{ n: string }>(`select count(*) as n from rejected_events where ${toReplay}`, [
      ...filterOf(tenantId, sourceId, wanted),
      wanted.since,
    ]);
    return Number(row?.n ?? 0);
  }

  /** These are accepted or held now; answers those that were not so before. */
  async settle(
    tx: Tx,
    tenantId: string,
    sourceId: string,
    settled: 'accepted' | 'held',
    ids: readonly string[],
  ): Promise<string[]> {
    const rows = await tx.query<{ reject_id: string }>(
      `update rejected_events set settled = $3
       where tenant_id = $1 and source_id = $2 and reject_id = any($4::text[]) and settled is null returning reject_id`,
      [tenantId, sourceId, settled, ids],
    );
    return rows.map((row) => row.reject_id);
  }

  /** Refused again: with today's reason. */
  async refuseAgain(tx: Tx, tenantId: string, sourceId: string, list: readonly RefusedAgain[]): Promise<void> {
    await tx.query(
      `update rejected_events r set code = n.code, pointer = n.pointer, detail = n.detail
       from unnest($3::text[], $4::text[], $5::text[], $6::text[]) as n(id, code, pointer, detail)
       where r.tenant_id = $1 and r.source_id = $2 and r.reject_id = n.id and r.settled is null`,
      [
        tenantId,
        sourceId,
        list.map((each) => each.id),
        list.map((each) => each.code),
        list.map((each) => storable(each.pointer)),
        list.map((each) => storable(each.detail)),
      ],
    );
  }

  async forgetBefore(tx: Tx, tenantId: string, before: Date): Promise<void> {
    await tx.query('delete from rejected_events where tenant_id = $1 and received_at < $2', [tenantId, before]);
  }
}
