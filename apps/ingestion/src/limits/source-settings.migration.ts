import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an admin sets for a source. A source without a row has the defaults. */
export class SourceSettings1763870000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table source_settings (
        tenant_id text not null,
        source_id text not null,
        events_per_second int,
        account_property text,
        primary key (tenant_id, source_id)
      )`);
    await tenantTable(runner, 'source_settings');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table source_settings');
  }
}
