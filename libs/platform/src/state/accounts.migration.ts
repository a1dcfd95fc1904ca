import type { MigrationInterface, QueryRunner } from 'typeorm';

import { tenantTable } from '../database/tables';

/** The account row: the unit of ownership. A service adds its own columns in its own migration. */
export class Accounts1760000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table accounts (
        tenant_id text not null,
        account_id text not null,
        version bigint not null default 0,
        merged_into text,
        primary key (tenant_id, account_id)
      ) with (fillfactor = 80)`);
    await tenantTable(runner, 'accounts');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table accounts');
  }
}
