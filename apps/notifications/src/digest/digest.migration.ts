import { systemTable, tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who wants a digest is a tenant's; when the next one is due stands in the machinery's schema, as ids only. */
export class Digest1760200000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table digests (
        tenant_id text not null,
        person_id text not null,
        enabled boolean not null,
        hour int not null,
        email text not null,
        time_zone text not null,
        covered_until timestamptz not null,
        primary key (tenant_id, person_id)
      )`);
    await tenantTable(runner, 'digests');
    await runner.query(`
      create table system.digests_due (
        tenant_id text not null,
        person_id text not null,
        due_at timestamptz not null,
        primary key (tenant_id, person_id)
      )`);
    await runner.query('create index digests_due_by_time on system.digests_due (due_at)');
    await systemTable(runner, 'digests_due');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table system.digests_due');
    await runner.query('drop table digests');
  }
}
