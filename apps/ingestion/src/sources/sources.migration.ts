import { systemTable, tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Sources are a tenant's; their write keys are machinery, because a key is looked up before anybody knows whose it is.
 * What a key opens stands beside it, so that one primary-key read answers.
 */
export class Sources1760100000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table sources (
        tenant_id text not null,
        source_id text not null,
        name text not null,
        kind text not null,
        mode text not null,
        state text not null,
        created_at timestamptz not null,
        closed_at timestamptz,
        primary key (tenant_id, source_id)
      )`);
    await tenantTable(runner, 'sources');
    await runner.query(`
      create table system.write_keys (
        key_hash text primary key,
        prefix text not null,
        tenant_id text not null,
        source_id text not null,
        kind text not null,
        mode text not null,
        state text not null,
        demo boolean not null default false,
        created_at timestamptz not null,
        expires_at timestamptz,
        last_used_at timestamptz
      )`);
    await runner.query('create index write_keys_of_source on system.write_keys (tenant_id, source_id)');
    await systemTable(runner, 'write_keys');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table system.write_keys');
    await runner.query('drop table sources');
  }
}
