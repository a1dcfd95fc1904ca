import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What tenants set of their signals, every version of it; marks of event names; causes of alerts. */
export class Signals1762400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table signal_settings (
        tenant_id text not null, signal text not null, version int not null, settings jsonb, note text,
        changed_by text not null, changed_at timestamptz not null,
        primary key (tenant_id, signal, version))`);
    await tenantTable(runner, 'signal_settings');
    await runner.query(`
      alter table features add column sign_in boolean not null default false, add column value boolean not null default false`);
    await runner.query(`alter table tenants add column holidays text[] not null default '{}'`);
    await runner.query('alter table alerts add column cause_id text');
    await runner.query(
      'create index alerts_by_cause on alerts (tenant_id, cause_id, opened_at desc) where cause_id is not null',
    );
    await runner.query('create index alerts_by_signal on alerts (tenant_id, signal, opened_at desc)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index alerts_by_signal');
    await runner.query('drop index alerts_by_cause');
    await runner.query('alter table alerts drop column cause_id');
    await runner.query('alter table tenants drop column holidays');
    await runner.query('alter table features drop column sign_in, drop column value');
    await runner.query('drop table signal_settings');
  }
}
