import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who belongs to which account: users' memberships, their other names, and what accounts are called elsewhere. */
export class Directory1760100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table memberships (
        tenant_id text not null,
        user_key text not null,
        since timestamptz not null,
        account_id text not null,
        primary key (tenant_id, user_key, since, account_id)
      )`);
    await runner.query('create index memberships_of_account on memberships (tenant_id, account_id)');
    await runner.query(`
      create table user_links (
        tenant_id text not null,
        from_key text not null,
        to_key text not null,
        primary key (tenant_id, from_key)
      )`);
    await runner.query('create index user_links_back on user_links (tenant_id, to_key)');
    await runner.query(`
      create table account_names (
        tenant_id text not null,
        reference text not null,
        account_id text not null,
        strength text not null check (strength in ('matched', 'stated', 'seen')),
        stated_at timestamptz not null,
        primary key (tenant_id, reference, account_id)
      )`);
    await runner.query('create index account_names_of_account on account_names (tenant_id, account_id)');
    await runner.query(`
      create table known_accounts (
        tenant_id text not null,
        account_id text not null,
        name text,
        search_name text,
        primary key (tenant_id, account_id)
      )`);
    await runner.query('create index known_accounts_by_name on known_accounts (tenant_id, search_name)');
    for (const table of tables) await tenantTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables) await runner.query(`drop table ${table}`);
  }
}

const tables = ['memberships', 'user_links', 'account_names', 'known_accounts'];
