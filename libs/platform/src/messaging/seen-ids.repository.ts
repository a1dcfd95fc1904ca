import { Injectable } from '@nestjs/common';

import { ServiceConfig } from '../config/service.config';
import type { Tx } from '../database/tx';
import { Logger } from '../logging/logger';
import type { EventRecord } from './record';

const dayMs = 86_400_000;

/** What is new in a batch, and how many records repeated an identity with another body. */
export interface Fresh {
  readonly records: readonly EventRecord[];
  readonly duplicates: number;
  readonly conflicts: number;
}

/** The table `system.seen_ids`: every event identity applied inside the window. Effects happen once because of it. */
@Injectable()
export class SeenIdsRepository {
  private readonly off: boolean;

  constructor(config: ServiceConfig, logger: Logger) {
    this.off = config.unsafeNoDedupe;
    if (this.off) logger.error('TENURE_UNSAFE_NO_DEDUPE is on: duplicates are applied, and counts are wrong');
  }

  /** Marks the records as seen and answers those that were not, in their order; the first of a repeated identity wins. */
  async claim(tx: Tx, records: readonly EventRecord[]): Promise<Fresh> {
    if (this.off) return { records, duplicates: 0, conflicts: 0 };
    const first = new Map<string, EventRecord>();
    let conflicts = 0;
    for (const record of records) {
      const earlier = first.get(record.identity);
      if (!earlier) first.set(record.identity, record);
      else if (earlier.body !== record.body) conflicts += 1;
    }
    // In the order of the key, so that two transactions with the same ids wait for each other instead of deadlocking.
    const sorted = [...first.values()].sort((a, b) => (a.identity < b.identity ? -1 : 1));
    // Almost all are new, so the database names the few that are not.
    const rows = await tx.query<{ id: string }>(
      `with given as (select * from unnest($1::uuid[], $2::bigint[], $3::int[]) as g(id, body, day)),
         inserted as (insert into system.seen_ids (id, body, day) select * from given on conflict (id) do nothing returning id)
       select id from given except all select id from inserted`,
      [
        plainArray(sorted, (record) => record.identity),
        plainArray(sorted, (record) => record.body),
        plainArray(sorted, (record) => Math.floor(record.timestamp.getTime() / dayMs)),
      ],
    );
    const repeated = new Set(rows.map((row) => row.id));
    if (repeated.size > 0)
      conflicts += await this.conflicting(
        tx,
        sorted.filter((record) => repeated.has(record.identity)),
      );
    const kept = [...first.values()].filter((record) => !repeated.has(record.identity));
    return { records: kept, duplicates: records.length - kept.length, conflicts };
  }

  /** Forgets what was received before `day` (days since 1970), at most `limit` rows; answers how many went. */
  async forgetBefore(tx: Tx, day: number, limit: number): Promise<number> {
    const rows = await tx.query(
      `delete from system.seen_ids where id in (select id from system.seen_ids where day < $1 limit $2) returning 1`,
      [day, limit],
    );
    return rows.length;
  }

  private async conflicting(tx: Tx, repeated: readonly EventRecord[]): Promise<number> {
    const rows = await tx.query<{ n: string }>(
      `select count(*) as n from system.seen_ids s
       join unnest($1::uuid[], $2::bigint[]) as r(id, body) on r.id = s.id and r.body <> s.body`,
      [repeated.map((record) => record.identity), repeated.map((record) => record.body.toString())],
    );
    return Number(rows[0]?.n ?? 0);
  }
}

/** An array for Postgres of values without anything to escape: pg looks through every element for it. */
function plainArray<T>(list: readonly T[], value: (one: T) => string | number | bigint): string {
  return `{${list.map(value).join(',')}}`;
}
