import type { Queries } from '../databases/database.client';
import type { LetterFilter } from './dead-letters.repository';

export type LetterState = 'open' | 'requested' | 'replayed';

export interface LetterRow {
  readonly id: string;
  readonly state: LetterState;
  readonly tenant: string | null;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly code: string;
  readonly reason: string;
  readonly attempts: number;
  readonly failedAt: Date;
}

export interface Letter extends LetterRow {
  readonly group: string;
  readonly source: string | null;
  readonly eventId: string | null;
  readonly headers: Record<string, string>;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

const state = `case when replayed_at is not null then 'replayed' when replay_requested_at is not null then 'requested' else 'open' end`;
const columns = `id, ${state} as state, tenant_id as tenant, topic, partition, record_offset as "offset", code, reason, attempts,
  failed_at as "failedAt"`;

export class DeadLettersReadModel {
  /** Newest first. */
  async list(database: Queries, filter: LetterFilter & { state?: LetterState }, limit: number): Promise<LetterRow[]> {
    return database.query<LetterRow>(
      `select ${columns} from system.dead_letters
        where ($1::text is null or ${state} = $1) and ($2::text is null or topic = $2) and ($3::text is null or code = $3)
        order by failed_at desc, id limit $4`,
      [filter.state ?? null, filter.topic ?? null, filter.code ?? null, limit],
    );
  }

  async one(database: Queries, id: string): Promise<Letter | undefined> {
    const [letter] = await database.query<Letter>(
      `select ${columns}, group_name as "group", source, event_id as "eventId", headers, record_key as key, record_value as value
         from system.dead_letters where id = $1`,
      [id],
    );
    return letter;
  }

  /** How many of these still wait for their replay, and how many failed again. */
  async outcome(
    database: Queries,
    ids: readonly string[],
  ): Promise<{ waiting: number; replayed: number; failed: number }> {
    const [row] = await database.query<{ waiting: string; replayed: string; failed: string }>(
      `select count(*) filter (where replayed_at is null and replay_requested_at is not null) as waiting,
              count(*) filter (where replayed_at is not null) as replayed,
              count(*) filter (where replayed_at is null and replay_requested_at is null) as failed
         from system.dead_letters where id = any($1::uuid[])`,
      [ids],
    );
    return { waiting: Number(row?.waiting), replayed: Number(row?.replayed), failed: Number(row?.failed) };
  }
}
