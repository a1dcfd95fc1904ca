import type { MigrationInterface, QueryRunner } from 'typeorm';

import { systemTable } from './tables';

/**
 * The machinery's tables, the same in every service: where each partition stands, which events were seen, what waits to
 * be published, what could not be handled, and what is due by the clock.
 */
export class System1760000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table system.fence (
        group_name text not null,
        topic text not null,
        partition int not null,
        generation bigint not null,
        next_offset bigint,
        last_source text,
        last_id text,
        reset_requested_at timestamptz,
        updated_at timestamptz not null default now(),
        primary key (group_name, topic, partition)
      )`);
    await runner.query(`
      create table system.seen_ids (
        id uuid primary key,
        body bigint not null,
        day int not null
      ) with (fillfactor = 100, autovacuum_vacuum_insert_scale_factor = 0.5)`);
    await runner.query('create index seen_ids_day on system.seen_ids using brin (day)');
    await runner.query(`
      create table system.outbox (
        id bigint generated always as identity primary key,
        topic text not null,
        key text not null,
        value text not null,
        headers jsonb not null,
        record_time timestamptz not null
      )`);
    await runner.query(`
      create table system.dead_letters (
        id uuid primary key,
        group_name text not null,
        topic text not null,
        partition int not null,
        record_offset bigint not null,
        record_key bytea,
        record_value bytea,
        record_time timestamptz not null,
        headers jsonb not null,
        tenant_id text,
        source text,
        event_id text,
        code text not null,
        reason text not null,
        attempts int not null,
        failed_at timestamptz not null,
        replay_requested_at timestamptz,
        replayed_at timestamptz,
        unique (group_name, topic, partition, record_offset)
      )`);
    await runner.query('create index dead_letters_open on system.dead_letters (failed_at) where replayed_at is null');
    await runner.query(`
      create table system.due (
        tenant_id text not null,
        account_id text not null,
        kind text not null,
        due_at timestamptz not null,
        primary key (tenant_id, account_id, kind)
      )`);
    await runner.query('create index due_by_time on system.due (due_at)');
    for (const table of ['fence', 'seen_ids', 'outbox', 'dead_letters', 'due']) await systemTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['due', 'dead_letters', 'outbox', 'seen_ids', 'fence'])
      await runner.query(`drop table system.${table}`);
  }
}
