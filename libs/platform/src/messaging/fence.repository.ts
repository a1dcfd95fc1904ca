import { Injectable } from '@nestjs/common';

import type { Tx } from '../database/tx';

/** The identity of a partition within a consumer group. */
export interface FenceKey {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
}

/** Where a partition stands: the only position that counts. */
export interface Fence {
  /** Grows with every assignment; a transaction of an older one is refused. */
  readonly generation: bigint;
  /** The next offset to apply; null: nothing was applied yet, start where the log starts. */
  readonly next: bigint | null;
  /** Source and id of the last record applied, by which a replaced log is noticed. Null after an undecodable record. */
  readonly last: { readonly source: string; readonly id: string } | null;
}

interface FenceRow {
  generation: string;
  next_offset: string | null;
  last_source: string | null;
  last_id: string | null;
}

/** Another process holds the partition now, so nothing of ours may be written. */
export class StaleGeneration extends Error {
  override readonly name = 'StaleGeneration';
}

/** The table `system.fence`. */
@Injectable()
export class FenceRepository {
  /** Takes the partition over: from now on every older generation's transaction aborts. */
  async take(tx: Tx, key: FenceKey): Promise<Fence> {
    const rows = await tx.query<FenceRow>(
      `insert into system.fence (group_name, topic, partition, generation) values ($1, $2, $3, 1)
       on conflict (group_name, topic, partition) do update set
         generation = fence.generation + 1,
         next_offset = case when fence.reset_requested_at is null then fence.next_offset end,
         last_source = case when fence.reset_requested_at is null then fence.last_source end,
         last_id = case when fence.reset_requested_at is null then fence.last_id end,
         reset_requested_at = null,
         updated_at = now()
       returning generation, next_offset, last_source, last_id`,
      [key.group, key.topic, key.partition],
    );
    return fenceOf(rows[0]);
  }

  /**
   * Advances the fence, which locks its row for the rest of the transaction. Throws `StaleGeneration` when somebody took
   * it since.
   */
  async advance(tx: Tx, key: FenceKey, generation: bigint, to: Pick<Fence, 'next' | 'last'>): Promise<void> {
    const rows = await tx.query(
      `update system.fence set next_offset = $5, last_source = $6, last_id = $7, updated_at = now()
       where group_name = $1 and topic = $2 and partition = $3 and generation = $4 returning 1`,
      [key.group, key.topic, key.partition, generation, to.next, to.last?.source ?? null, to.last?.id ?? null],
    );
    if (rows.length === 0)
      throw new StaleGeneration(`${key.topic}/${key.partition} was taken over by another process.`);
  }

  /** Whether an operator asked, with `tenure fence reset`, that the partition be read again from the log's start. */
  async resetRequested(tx: Tx, key: FenceKey): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from system.fence where group_name = $1 and topic = $2 and partition = $3 and reset_requested_at is not null`,
      [key.group, key.topic, key.partition],
    );
    return rows.length > 0;
  }
}

function fenceOf(row: FenceRow | undefined): Fence {
  if (!row) throw new Error('The fence row was not returned.');
  return {
    generation: BigInt(row.generation),
    next: row.next_offset === null ? null : BigInt(row.next_offset),
    last: row.last_source === null || row.last_id === null ? null : { source: row.last_source, id: row.last_id },
  };
}
