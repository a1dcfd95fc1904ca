import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['tenants', 'health', 'arr_movements', 'renewals', 'renewal_changes', 'cancel_risks'];

/** The ARR ledger, renewals with every change of them, risks of short plans, and what is known of tenants and scores. */
export class RenewalsTables1761200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table accounts add column erased_at timestamptz');
    await this.around(runner);
    await this.ledger(runner);
    await this.renewals(runner);
    for (const table of tables) await tenantTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.query(`drop table ${table}`);
    await runner.query('alter table accounts drop column erased_at');
  }

  private async around(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table tenants (
        tenant_id text not null primary key, version bigint not null, time_zone text not null, currency text not null)`);
    await runner.query(`
      create table health (
        tenant_id text not null, account_id text not null, version bigint not null, score numeric(5,2), band text not null,
        data jsonb not null,
        primary key (tenant_id, account_id))`);
  }

  /** Days are epoch days of the account's calendar, money is minor units of the row's currency. */
  private async ledger(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table arr_movements (
        tenant_id text not null, account_id text not null, movement_id text not null, name text not null,
        version bigint not null, day int not null, kind text not null, product text not null, contract_id text not null,
        amount_minor bigint not null, currency text not null, arr_after_minor bigint not null, reason text,
        removed boolean not null, since timestamptz not null,
        primary key (tenant_id, account_id, movement_id))`);
  }

  private async renewals(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table renewals (
        tenant_id text not null, account_id text not null, renewal_id text not null, version bigint not null,
        open boolean not null, decision_day int not null, stage text not null, category text not null, owner_email text,
        facts jsonb not null, model jsonb not null, call jsonb, data jsonb not null,
        primary key (tenant_id, account_id, renewal_id))`);
    await runner.query('create index renewals_by_id on renewals (tenant_id, renewal_id)');
    await runner.query('create index renewals_by_decision on renewals (tenant_id, open, decision_day, renewal_id)');
    await runner.query(`
      create table renewal_changes (
        tenant_id text not null, account_id text not null, renewal_id text not null, version bigint not null,
        at timestamptz not null, by text not null, why text, before jsonb not null, after jsonb not null,
        primary key (tenant_id, account_id, renewal_id, version))`);
    await runner.query(`
      create table cancel_risks (
        tenant_id text not null, account_id text not null, contract_id text not null, probability real not null,
        data jsonb not null,
        primary key (tenant_id, account_id, contract_id))`);
  }
}
