import type { MigrationInterface, QueryRunner } from 'typeorm';

import { systemTable, tenantTable } from '../database/tables';

/**
 * Who was erased, as digests, so that what comes again about them is recognised; how often that list has changed; and
 * what is still to be swept. The list of a tenant is salted: it cannot be compared with another's.
 */
export class Erasures1763890000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table erased_identifiers (
        tenant_id text not null,
        digest text not null,
        erasure_id text not null,
        first_word int not null,
        words int not null,
        is_exact boolean not null,
        is_distinctive boolean not null,
        erased_at timestamptz not null,
        primary key (tenant_id, digest)
      )`);
    await tenantTable(runner, 'erased_identifiers');
    await runner.query(`
      create table system.erasure_lists (
        tenant_id text primary key,
        version bigint not null,
        salt text not null
      )`);
    await runner.query(`
      create table system.erasure_tasks (
        tenant_id text not null,
        erasure_id text not null,
        request jsonb not null,
        known_by xid8 not null,
        tables jsonb not null default '{}',
        asked_at timestamptz not null,
        primary key (tenant_id, erasure_id)
      )`);
    await systemTable(runner, 'erasure_lists');
    await systemTable(runner, 'erasure_tasks');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table system.erasure_tasks');
    await runner.query('drop table system.erasure_lists');
    await runner.query('drop table erased_identifiers');
  }
}
