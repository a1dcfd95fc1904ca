import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The latest version of every alert, with what a digest asks about it. */
export class KnownAlerts1760200000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table known_alerts (
        tenant_id text not null,
        account_id text not null,
        alert_id text not null,
        version bigint not null,
        status text not null,
        severity text not null,
        signal text not null,
        summary text not null,
        account_name text,
        owner_email text,
        arr_at_risk numeric,
        currency text,
        url text,
        preexisting boolean not null,
        opened_at timestamptz not null,
        escalated_at timestamptz,
        resolved_at timestamptz,
        primary key (tenant_id, account_id, alert_id)
      )`);
    await runner.query('create index known_alerts_of_owner on known_alerts (tenant_id, owner_email)');
    await tenantTable(runner, 'known_alerts');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table known_alerts');
  }
}
