import { eventually } from '@tenure/testing';
import { Client } from 'pg';

const perSegment = 5_000_000;
const atOnce = 500_000;

/** Fills a database with `count` ids that were seen before, as they would stand there: no event of the benchmark has one of them. */
export async function fillSeenIds(adminUrl: string, count: number): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('truncate system.seen_ids, system.seen_segments');
    await client.query('alter table system.seen_ids drop constraint seen_ids_by_segment');
    for (let from = 0; from < count; from += atOnce)
      await client.query(
        `insert into system.seen_ids (id, segment, body) select gen_random_uuid(), n / $3 + 1, n from generate_series($1::int, $2::int) as s(n)`,
        [from, Math.min(count, from + atOnce) - 1, perSegment],
      );
    await client.query('alter table system.seen_ids add constraint seen_ids_by_segment primary key (segment, id)');
    await client.query(`insert into system.seen_segments (segment, opened_at, closed_at, ids)
      select segment, now(), now(), count(*) from system.seen_ids group by segment`);
    await client.query(`insert into system.seen_segments (segment, opened_at)
      select coalesce(max(segment), 0) + 1, now() from system.seen_segments`);
    await client.query('vacuum analyze system.seen_ids');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

/** Waits until the service has made its filters of the ids; a running one made them long ago. */
export async function filtersMade(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await eventually(
      async () => {
        const { rowCount } = await client.query(
          'select from system.seen_segments where closed_at is not null and filter is null',
        );
        if (rowCount !== 0) throw new Error(`${rowCount} filters of seen ids are missing.`);
      },
      { timeoutMs: 300_000 },
    );
  } finally {
    await client.end();
  }
}
