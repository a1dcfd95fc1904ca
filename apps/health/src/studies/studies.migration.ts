import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Questions that take a look at every account: asked once, worked out by a job, kept with their answer. Recorded state. */
export class Studies1762200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table studies (
        tenant_id text not null, study_id uuid not null, kind text not null, question jsonb not null, state text not null,
        asked_by text not null, asked_at timestamptz not null, done int not null default 0, total int not null default 0,
        result jsonb, primary key (tenant_id, study_id))`);
    await runner.query('create index studies_by_kind on studies (tenant_id, kind, asked_at desc)');
    await tenantTable(runner, 'studies');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table studies');
  }
}
