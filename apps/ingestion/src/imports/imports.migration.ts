import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of each file, and every row of it that was refused. */
export class Imports1763850000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table imports (
        tenant_id text not null,
        import_id text not null,
        source_id text not null,
        kind text not null,
        file_name text,
        dry_run boolean not null,
        plan jsonb not null,
        state text not null check (state in ('running', 'done', 'failed', 'cancelled', 'interrupted')),
        detail text,
        rows_read bigint not null default 0,
        accepted bigint not null default 0,
        held bigint not null default 0,
        rejected bigint not null default 0,
        bytes bigint not null default 0,
        checkpoint jsonb,
        cancel_asked boolean not null default false,
        started_by text not null,
        started_at timestamptz not null,
        updated_at timestamptz not null,
        ended_at timestamptz,
        primary key (tenant_id, import_id)
      )`);
    await runner.query('create index imports_newest on imports (tenant_id, started_at desc, import_id)');
    await runner.query(`
      create table import_errors (
        tenant_id text not null,
        import_id text not null,
        row_number bigint not null,
        place int not null,
        column_name text not null,
        code text not null,
        detail text not null,
        cells jsonb not null,
        primary key (tenant_id, import_id, row_number, place)
      )`);
    await tenantTable(runner, 'imports');
    await tenantTable(runner, 'import_errors');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table import_errors');
    await runner.query('drop table imports');
  }
}
