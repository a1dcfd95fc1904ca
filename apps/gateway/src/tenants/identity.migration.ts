import { systemTable, tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tenants, people, keys. What has to be found before a tenant is known (an e-mail, the hash of a session, a link or a
 * key) stands in `system`; the lists that a tenant sees stand under row-level security.
 */
export class Identity1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.tenantTables(runner);
    await this.systemTables(runner);
    for (const table of ['tenants', 'people', 'api_keys']) await tenantTable(runner, table);
    for (const table of ['logins', 'sign_in_links', 'sessions', 'key_secrets', 'sign_in_attempts']) {
      await systemTable(runner, table);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop table system.sign_in_attempts, system.key_secrets, system.sessions, system.sign_in_links`);
    await runner.query(`drop table system.logins, api_keys, people, tenants`);
  }

  private async tenantTables(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table tenants (
        tenant_id text primary key check (tenant_id ~ '^[a-z0-9-]{1,40}$'),
        name text not null,
        time_zone text not null,
        currency text not null,
        fiscal_year_start int not null check (fiscal_year_start between 1 and 12),
        more jsonb not null default '{}',
        version bigint not null,
        created_at timestamptz not null
      )`);
    await runner.query(`
      create table people (
        tenant_id text not null,
        person_id text not null,
        email text not null,
        name text not null,
        role text not null check (role in ('admin', 'leader', 'csm', 'viewer')),
        active boolean not null,
        primary key (tenant_id, person_id),
        unique (tenant_id, email)
      )`);
    await runner.query(`
      create table api_keys (
        tenant_id text not null,
        key_id text not null,
        prefix text not null,
        name text not null,
        role text not null check (role in ('admin', 'leader', 'csm', 'viewer')),
        created_by text,
        created_at timestamptz not null,
        last_used_at timestamptz,
        revoked_at timestamptz,
        primary key (tenant_id, key_id)
      )`);
  }

  private async systemTables(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table system.logins (
        email text primary key,
        tenant_id text not null,
        person_id text not null,
        name text not null,
        role text not null,
        active boolean not null,
        password_hash text,
        unique (tenant_id, person_id)
      )`);
    await runner.query(`
      create table system.sign_in_links (
        token_hash bytea primary key,
        tenant_id text not null,
        person_id text not null,
        expires_at timestamptz not null,
        used_at timestamptz
      )`);
    await runner.query(`create index sign_in_links_person on system.sign_in_links (tenant_id, person_id)`);
    await runner.query(`
      create table system.sessions (
        secret_hash bytea primary key,
        tenant_id text not null,
        person_id text not null,
        started_at timestamptz not null,
        expires_at timestamptz not null
      )`);
    await runner.query(`create index sessions_person on system.sessions (tenant_id, person_id)`);
    await runner.query(`
      create table system.key_secrets (
        secret_hash bytea primary key,
        tenant_id text not null,
        key_id text not null,
        name text not null,
        role text not null,
        last_used_at timestamptz,
        unique (tenant_id, key_id)
      )`);
    await runner.query(`
      create table system.sign_in_attempts (
        subject text primary key,
        attempts int not null,
        since timestamptz not null,
        locked_until timestamptz
      )`);
  }
}
