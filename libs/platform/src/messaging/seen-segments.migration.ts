import type { MigrationInterface, QueryRunner } from 'typeorm';

import { systemTable } from '../database/tables';

const segmentSize = 5_000_000;

/**
 * Seen ids in segments, in the order in which they came. New ids go into the one open segment, whose pages stay in the
 * cache; closed ones are only read, and leave as a whole. One index over all ids took a page from anywhere for each.
 */
export class SeenSegments1762000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table system.seen_segments (
        segment int primary key,
        opened_at timestamptz not null,
        closed_at timestamptz,
        ids bigint,
        filter bytea
      )`);
    await runner.query('alter table system.seen_segments alter column filter set storage external');
    await runner.query('alter table system.seen_ids rename to seen_ids_before');
    await runner.query('drop index system.seen_ids_day');
    await runner.query(`
      create table system.seen_ids (id uuid not null, segment int not null, body int not null)
      with (autovacuum_vacuum_insert_scale_factor = 0.5)`);
    await runner.query(`
      insert into system.seen_ids (id, segment, body)
      select id, (row_number() over (order by day) - 1) / ${segmentSize} + 1, (body % 2147483647)::int from system.seen_ids_before`);
    await runner.query('alter table system.seen_ids add constraint seen_ids_by_segment primary key (segment, id)');
    await runner.query('drop table system.seen_ids_before');
    await runner.query(`
      insert into system.seen_segments (segment, opened_at, closed_at, ids)
      select segment, now(), now(), count(*) from system.seen_ids group by segment`);
    await runner.query(`
      insert into system.seen_segments (segment, opened_at) select coalesce(max(segment), 0) + 1, now() from system.seen_segments`);
    for (const table of ['seen_segments', 'seen_ids']) await systemTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table system.seen_ids rename to seen_ids_after');
    await runner.query(`
      create table system.seen_ids (id uuid primary key, body bigint not null, day int not null)
      with (fillfactor = 100, autovacuum_vacuum_insert_scale_factor = 0.5)`);
    await runner.query(`
      insert into system.seen_ids (id, body, day)
      select distinct on (a.id) a.id, a.body, extract(epoch from s.opened_at)::bigint / 86400
      from system.seen_ids_after a join system.seen_segments s using (segment) order by a.id, segment`);
    await runner.query('create index seen_ids_day on system.seen_ids using brin (day)');
    await runner.query('drop table system.seen_ids_after');
    await runner.query('drop table system.seen_segments');
    await systemTable(runner, 'seen_ids');
  }
}
