import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts that were deleted: what is still on its way about them must not bring them back. */
export class ForgottenAccounts1760200000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table forgotten_accounts (
        tenant_id text not null,
        account_id text not null,
        forgotten_at timestamptz not null,
        primary key (tenant_id, account_id)
      )`);
    await tenantTable(runner, 'forgotten_accounts');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table forgotten_accounts');
  }
}
