import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['portfolio', 'alerts', 'timeline', 'notes', 'band_days', 'arr_movements', 'tenants'];

/** The read models: one row per account for lists, alerts for Today, the timeline, notes, and what reports are made of. */
export class ReportingTables1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table accounts add column erased_at timestamptz');
    await this.portfolio(runner);
    await this.feed(runner);
    await this.reports(runner);
    for (const table of tables) await tenantTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.query(`drop table ${table}`);
    await runner.query('alter table accounts drop column erased_at');
  }

  /** `arr_minor` counts whole minor units of `currency`; `arr_major` is the same amount, so that a list can be sorted. */
  private async portfolio(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table portfolio (
        tenant_id text not null, account_id text not null,
        name text, kind text, segment text, stage text, owner_email text, parent_id text, time_zone text,
        arr_minor bigint, arr_major numeric, currency text, arr_source text, decision_date date,
        score numeric, band text not null default 'unknown', trend numeric, coverage numeric,
        score_version bigint not null default 0,
        open_alerts int not null default 0, worst_severity int,
        merged_into text, sort_name text not null, search_text text not null default '',
        primary key (tenant_id, account_id)) with (fillfactor = 80)`);
    await runner.query(
      'create index portfolio_by_parent on portfolio (tenant_id, parent_id) where parent_id is not null',
    );
    await runner.query(`
      create table alerts (
        tenant_id text not null, account_id text not null, alert_id text not null, version bigint not null,
        status text not null, signal text not null, severity int not null, summary text not null,
        preexisting boolean not null, test boolean not null, since timestamptz not null,
        arr_at_risk_minor bigint, currency text,
        primary key (tenant_id, account_id, alert_id))`);
    await runner.query(`create index alerts_open on alerts (tenant_id, account_id) where status <> 'resolved'`);
  }

  private async feed(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table timeline (
        tenant_id text not null, account_id text not null, item_id text not null, at timestamptz not null,
        kind text not null, title text not null, detail text, severity text, link text,
        primary key (tenant_id, account_id, item_id))`);
    await runner.query('create index timeline_latest on timeline (tenant_id, account_id, at desc, item_id desc)');
    await runner.query(`
      create table notes (
        tenant_id text not null, account_id text not null, note_id uuid not null, text text not null,
        author_id text not null, author_name text not null,
        created_at timestamptz not null, edited_at timestamptz, deleted_at timestamptz,
        primary key (tenant_id, account_id, note_id))`);
    await runner.query('create index notes_by_id on notes (tenant_id, note_id)');
  }

  private async reports(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table band_days (
        tenant_id text not null, account_id text not null, day date not null, band text not null,
        arr_minor bigint, currency text, counts boolean not null,
        primary key (tenant_id, account_id, day))`);
    await runner.query(`
      create table arr_movements (
        tenant_id text not null, account_id text not null, movement_id text not null, version bigint not null,
        day date not null, kind text not null, product text, contract_id text,
        amount_minor bigint not null, arr_after_minor bigint not null, currency text not null, reason text,
        primary key (tenant_id, account_id, movement_id))`);
    await runner.query('create index arr_movements_by_day on arr_movements (tenant_id, currency, day)');
    await runner.query(`
      create table tenants (
        tenant_id text not null primary key, version bigint not null, name text not null, time_zone text not null,
        currency text not null)`);
  }
}
