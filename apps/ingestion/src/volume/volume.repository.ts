import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

import type { Judgement } from './usual-volume.domain';
import { type HourCount, hourMs, type TypeCount } from './volume-tally.domain';

/** A refused item that a replay settled, and when it had come. */
export interface Move {
  readonly sourceId: string;
  readonly receivedMs: number;
  readonly to: 'accepted' | 'held';
}

/** Writes what sources sent. */
@Injectable()
export class VolumeRepository {
  /** @param counts of tenants of the transaction, in the order of the primary key */
  async add(tx: Tx, counts: readonly HourCount[]): Promise<void> {
    if (counts.length === 0) return;
    await tx.query(
      `insert into source_volume as v (tenant_id, source_id, hour, accepted, held, rejected, last_at)
       select * from unnest($1::text[], $2::text[], $3::timestamptz[], $4::bigint[], $5::bigint[], $6::bigint[], $7::timestamptz[])
       on conflict (tenant_id, source_id, hour) do update set
         accepted = v.accepted + excluded.accepted, held = v.held + excluded.held,
         rejected = v.rejected + excluded.rejected, last_at = greatest(v.last_at, excluded.last_at)`,
      [
        counts.map((each) => each.tenantId),
        counts.map((each) => each.sourceId),
        counts.map((each) => new Date(each.hourMs)),
        counts.map((each) => each.accepted),
        counts.map((each) => each.held),
        counts.map((each) => each.rejected),
        counts.map((each) => new Date(each.lastMs)),
      ],
    );
  }

  async addTypes(tx: Tx, counts: readonly TypeCount[]): Promise<void> {
    if (counts.length === 0) return;
    await tx.query(
      `insert into source_types as t (tenant_id, source_id, type, events, last_at)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[])
       on conflict (tenant_id, source_id, type) do update set
         events = t.events + excluded.events, last_at = greatest(t.last_at, excluded.last_at)`,
      [
        counts.map((each) => each.tenantId),
        counts.map((each) => each.sourceId),
        counts.map((each) => each.type),
        counts.map((each) => each.events),
        counts.map((each) => new Date(each.lastMs)),
      ],
    );
  }

  /** What was refused and is accepted or held now counts so, in the hour it came: the sum stays what was sent. */
  async move(tx: Tx, tenantId: string, moves: readonly Move[]): Promise<void> {
    const counts = new Map<string, HourCount>();
    for (const { sourceId, receivedMs, to } of moves) {
      const hour = Math.floor(receivedMs / hourMs) * hourMs;
      const key = `${sourceId}/${hour}`;
      const none = { tenantId, sourceId, hourMs: hour, accepted: 0, held: 0, rejected: 0, lastMs: receivedMs };
      const count = counts.get(key) ?? none;
      count[to] += 1;
      count.rejected -= 1;
      count.lastMs = Math.max(count.lastMs, receivedMs);
      counts.set(key, count);
    }
    await this.add(
      tx,
      [...counts.values()].sort((a, b) => (a.sourceId < b.sourceId ? -1 : a.hourMs - b.hourMs)),
    );
  }

  async judge(tx: Tx, tenantId: string, sourceId: string, judgement: Judgement, now: Date): Promise<void> {
    const since = judgement.sinceMs === null ? null : new Date(judgement.sinceMs);
    await tx.query(
      `insert into source_judgements as j (tenant_id, source_id, status, since, detail, judged_at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (tenant_id, source_id) do update set
         since = case when j.status = excluded.status and excluded.status <> 'silent'
           then coalesce(j.since, excluded.since) else excluded.since end,
         status = excluded.status, detail = excluded.detail, judged_at = excluded.judged_at`,
      [tenantId, sourceId, judgement.status, since, judgement.detail, now],
    );
  }

  async forgetBefore(tx: Tx, tenantId: string, before: Date): Promise<void> {
    await tx.query('delete from source_volume where tenant_id = $1 and hour < $2', [tenantId, before]);
  }
}
