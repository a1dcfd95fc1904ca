import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What each source sent, by hour of receipt, as it was answered: accepted + held + rejected = sent. What a replay settles
 * moves from one column to another in the hour it came. With the types of what it sends, and how it was judged last.
 */
export class Volume1760200000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table source_volume (
        tenant_id text not null,
        source_id text not null,
        hour timestamptz not null,
        accepted bigint not null default 0,
        held bigint not null default 0,
        rejected bigint not null default 0,
        last_at timestamptz not null,
        primary key (tenant_id, source_id, hour)
      )`);
    await tenantTable(runner, 'source_volume');
    await runner.query(`
      create table source_types (
        tenant_id text not null,
        source_id text not null,
        type text not null,
        events bigint not null,
        last_at timestamptz not null,
        primary key (tenant_id, source_id, type)
      )`);
    await tenantTable(runner, 'source_types');
    await runner.query(`
      create table source_judgements (
        tenant_id text not null,
        source_id text not null,
        status text not null,
        since timestamptz,
        detail text not null,
        judged_at timestamptz not null,
        primary key (tenant_id, source_id)
      )`);
    await tenantTable(runner, 'source_judgements');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table source_judgements');
    await runner.query('drop table source_types');
    await runner.query('drop table source_volume');
  }
}
