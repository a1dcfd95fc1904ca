import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The names that usage comes with, what they were seen with, and how often; and what found no place. */
export class Catalogue1760200000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table catalogue_names (
        tenant_id text not null,
        name text not null,
        first_at timestamptz not null,
        last_at timestamptz not null,
        total bigint not null,
        other_properties bigint not null default 0,
        hidden boolean not null default false,
        primary key (tenant_id, name)
      )`);
    await tenantTable(runner, 'catalogue_names');
    await runner.query(`
      create table catalogue_days (
        tenant_id text not null,
        name text not null,
        day date not null,
        events bigint not null,
        primary key (tenant_id, name, day)
      )`);
    await runner.query('create index catalogue_by_day on catalogue_days (tenant_id, day)');
    await tenantTable(runner, 'catalogue_days');
    await runner.query(`
      create table catalogue_properties (
        tenant_id text not null,
        name text not null,
        property text not null,
        type text not null,
        first_at timestamptz not null,
        last_at timestamptz not null,
        seen bigint not null,
        primary key (tenant_id, name, property, type)
      )`);
    await tenantTable(runner, 'catalogue_properties');
    await runner.query(`
      create table catalogue_others (
        tenant_id text primary key,
        events bigint not null
      )`);
    await tenantTable(runner, 'catalogue_others');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['others', 'properties', 'days', 'names']) await runner.query(`drop table catalogue_${table}`);
  }
}
