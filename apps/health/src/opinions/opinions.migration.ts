import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['pulses', 'overrides'];

/** What people say about an account beside its score. Recorded state: rows end, they are never changed or rebuilt. */
export class Opinions1762100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table pulses (
        tenant_id text not null, account_id text not null, pulse_id uuid not null, band text not null, reason text not null,
        comment text, by_id text not null, by_name text not null, at timestamptz not null, expires_at timestamptz not null,
        ended_at timestamptz, ended_by text,
        primary key (tenant_id, account_id, pulse_id))`);
    await runner.query(`
      create table overrides (
        tenant_id text not null, account_id text not null, override_id uuid not null, score numeric(5,2), band text,
        reason text not null, by_id text not null, by_name text not null, at timestamptz not null,
        expires_at timestamptz not null, ended_at timestamptz, ended_by text,
        primary key (tenant_id, account_id, override_id))`);
    for (const table of tables) await tenantTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.query(`drop table ${table}`);
  }
}
