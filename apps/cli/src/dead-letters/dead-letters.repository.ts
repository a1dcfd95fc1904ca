import type { Queries } from '../databases/database.client';

/** Which letters of one service. */
export interface LetterFilter {
  readonly ids?: readonly string[];
  readonly topic?: string;
  readonly code?: string;
}

/** The table `system.dead_letters`, as platform makes it. */
export class DeadLettersRepository {
  /** Asks the service to apply these letters again; it looks at once. Answers the ids of those that wait now. */
  async requestReplay(database: Queries, filter: LetterFilter): Promise<string[]> {
    const rows = await database.query<{ id: string }>(
      `update system.dead_letters set replay_requested_at = now()
        where replayed_at is null and ($1::uuid[] is null or id = any($1::uuid[])) and ($2::text is null or topic = $2)
          and ($3::text is null or code = $3)
        returning id`,
      [filter.ids ?? null, filter.topic ?? null, filter.code ?? null],
    );
    if (rows.length > 0) await database.query(`select pg_notify('tenure_dead_letters', '')`);
    return rows.map((row) => row.id);
  }
}
