import { systemTable, tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who watches which source (machinery: every process reads all of them), and what is kept for them: for minutes, without a
 * write-ahead log, because nobody misses it after a crash.
 */
export class Live1760200000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table system.watches (
        watch_id text primary key,
        tenant_id text not null,
        source_id text not null,
        type text,
        account text,
        "user" text,
        until timestamptz not null
      )`);
    await systemTable(runner, 'watches');
    await runner.query(`
      create unlogged table live_items (
        tenant_id text not null,
        source_id text not null,
        item_id uuid not null,
        at timestamptz not null,
        way text,
        outcome text not null,
        type text,
        account_id text,
        user_id text,
        raw text not null,
        mapped text not null,
        cut boolean not null,
        code text,
        pointer text,
        detail text,
        skipped int not null,
        primary key (tenant_id, source_id, item_id)
      )`);
    await runner.query('create index live_newest on live_items (tenant_id, source_id, at desc, item_id)');
    await tenantTable(runner, 'live_items');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table live_items');
    await runner.query('drop table system.watches');
  }
}
