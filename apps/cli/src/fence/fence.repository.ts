import type { Queries } from '../databases/database.client';

export interface FenceRow {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly generation: string;
  readonly nextOffset: string | null;
  readonly lastSource: string | null;
  readonly lastId: string | null;
  readonly resetRequestedAt: Date | null;
  readonly updatedAt: Date;
}

const columns = `group_name as "group", topic, partition, generation, next_offset as "nextOffset", last_source as "lastSource",
  last_id as "lastId", reset_requested_at as "resetRequestedAt", updated_at as "updatedAt"`;

/** The table `system.fence`, as platform makes it: where each partition stands. */
export class FenceRepository {
  async list(database: Queries, topic: string | undefined, partition: number | undefined): Promise<FenceRow[]> {
    return database.query<FenceRow>(
      `select ${columns} from system.fence
        where ($1::text is null or topic = $1) and ($2::int is null or partition = $2) order by topic, partition`,
      [topic ?? null, partition ?? null],
    );
  }

  /** Asks the service to read the partition from the log's start again; what it has seen, it does not apply again. */
  async requestReset(database: Queries, topic: string, partition: number): Promise<number> {
    const rows = await database.query(
      `update system.fence set reset_requested_at = now() where topic = $1 and partition = $2 returning 1`,
      [topic, partition],
    );
    return rows.length;
  }
}
