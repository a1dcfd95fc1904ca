import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['models', 'model_publications'];

/** Health models as files, and every time one was put in force. All of it is recorded state. */
export class Models1762000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table models (
        tenant_id text not null, version text not null, name text not null, number int not null, file jsonb not null,
        added_by text not null, added_at timestamptz not null,
        primary key (tenant_id, version), unique (tenant_id, name, number))`);
    await runner.query(`
      create table model_publications (
        tenant_id text not null, publication int not null, version text not null, note text not null,
        published_by text not null, published_at timestamptz not null,
        primary key (tenant_id, publication))`);
    for (const table of tables) await tenantTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.query(`drop table ${table}`);
  }
}
