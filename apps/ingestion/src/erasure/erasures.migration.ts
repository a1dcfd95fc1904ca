import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was asked to be erased, by whom, and what each service did. A person is not named here: that would be a copy. */
export class ErasureRecords1763890000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table erasures (
        tenant_id text not null,
        erasure_id text not null,
        kind text not null,
        account text,
        identifiers int not null,
        reason text,
        requested_by text not null,
        requested_at timestamptz not null,
        primary key (tenant_id, erasure_id)
      )`);
    await runner.query(`
      create table erasure_reports (
        tenant_id text not null,
        erasure_id text not null,
        service text not null,
        tables jsonb not null,
        applied_at timestamptz not null,
        primary key (tenant_id, erasure_id, service)
      )`);
    await tenantTable(runner, 'erasures');
    await tenantTable(runner, 'erasure_reports');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table erasure_reports');
    await runner.query('drop table erasures');
  }
}
