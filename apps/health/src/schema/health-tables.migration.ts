import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = [
  'account_users',
  'usage_days',
  'usage_names',
  'signal_states',
  'alerts',
  'score_days',
  'inputs',
  'features',
  'tenants',
];

/** Rollups of usage, the score with its log, signals, alerts, and what is known of the tenant's inputs. */
export class HealthTables1761000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table accounts
        add column importing boolean not null default false,
        add column first_seen timestamptz,
        add column evaluated_at timestamptz,
        add column segment text,
        add column arr_minor bigint,
        add column currency text,
        add column active_users int,
        add column tickets_14d int,
        add column health jsonb,
        add column health_version bigint not null default 0`);
    await runner.query('create index accounts_by_arr on accounts (tenant_id, currency, arr_minor)');
    await this.usage(runner);
    await this.judgement(runner);
    await this.tenant(runner);
    for (const table of tables) await tenantTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.query(`drop table ${table}`);
    await runner.query(`
      alter table accounts drop column importing, drop column first_seen, drop column evaluated_at, drop column segment,
        drop column arr_minor, drop column currency, drop column active_users, drop column tickets_14d, drop column health,
        drop column health_version`);
  }

  /** Rows are narrow and keyed by the day it happened and the day it was known, so that the past can be seen as it was known. */
  private async usage(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table account_users (
        tenant_id text not null, account_id text not null, user_id text not null, ordinal int not null, kind text not null,
        primary key (tenant_id, account_id, user_id))`);
    await runner.query(`
      create table usage_days (
        tenant_id text not null, account_id text not null, day int not null, known_day int not null,
        events bigint not null, users bytea not null, last_at timestamptz,
        primary key (tenant_id, account_id, day, known_day))`);
    await runner.query(`
      create table usage_names (
        tenant_id text not null, account_id text not null, day int not null, known_day int not null, name text not null,
        events bigint not null, users bytea not null,
        primary key (tenant_id, account_id, day, known_day, name))`);
  }

  private async judgement(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table signal_states (
        tenant_id text not null, account_id text not null, signal text not null, state jsonb not null,
        primary key (tenant_id, account_id, signal))`);
    await runner.query(`
      create table alerts (
        tenant_id text not null, account_id text not null, alert_id uuid not null, signal text not null, status text not null,
        severity text not null, version bigint not null, opened_at timestamptz not null, updated_at timestamptz not null,
        state jsonb not null, data jsonb not null, undo jsonb, feedback jsonb,
        primary key (tenant_id, account_id, alert_id))`);
    await runner.query('create index alerts_by_id on alerts (tenant_id, alert_id)');
    await runner.query('create index alerts_by_status on alerts (tenant_id, status, updated_at desc, alert_id)');
    await runner.query('create index alerts_latest on alerts (tenant_id, account_id, signal, opened_at desc)');
    await runner.query(`
      create table score_days (
        tenant_id text not null, account_id text not null, day int not null, score numeric(5,2), band text not null,
        coverage real not null, model_version text not null, contributions jsonb not null,
        primary key (tenant_id, account_id, day))`);
  }

  private async tenant(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table inputs (
        tenant_id text not null, kind text not null, since timestamptz not null, last_at timestamptz not null,
        widest_gap_ms bigint not null, primary key (tenant_id, kind))`);
    await runner.query(`
      create table features (
        tenant_id text not null, feature text not null, names text[] not null, key boolean not null,
        primary key (tenant_id, feature))`);
    await runner.query(`
      create table tenants (
        tenant_id text not null primary key, name text not null, time_zone text not null, currency text not null,
        settings jsonb not null)`);
  }
}
