import { systemTable, tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Secrets are the tenant's, sealed with the operator's key. Which tenant an address belongs to, and which deliveries have
 * been, is machinery: both are asked before anything is believed.
 */
export class Webhooks1763860000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sources add column vendor text');
    await runner.query(`
      create table webhook_secrets (
        tenant_id text not null,
        source_id text not null,
        secret_id text not null,
        sealed text not null,
        created_at timestamptz not null,
        expires_at timestamptz,
        primary key (tenant_id, source_id, secret_id)
      )`);
    await tenantTable(runner, 'webhook_secrets');
    await runner.query(`
      create table mappings (
        tenant_id text not null,
        source_id text not null,
        version int not null,
        -- json, not jsonb: whoever wrote it finds it again in their own order. Null: back to the default.
        document json,
        changed_by json not null,
        changed_at timestamptz not null,
        primary key (tenant_id, source_id, version)
      )`);
    await tenantTable(runner, 'mappings');
    await runner.query(`
      create table system.webhook_routes (
        source_id text primary key,
        tenant_id text not null,
        last_used_at timestamptz
      )`);
    await systemTable(runner, 'webhook_routes');
    await runner.query(`
      create table system.webhook_deliveries (
        source_id text not null,
        name text not null,
        forget_at timestamptz not null,
        primary key (source_id, name)
      )`);
    await runner.query('create index webhook_deliveries_old on system.webhook_deliveries (forget_at)');
    await systemTable(runner, 'webhook_deliveries');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['system.webhook_deliveries', 'system.webhook_routes', 'mappings', 'webhook_secrets'])
      await runner.query(`drop table ${table}`);
    await runner.query('alter table sources drop column vendor');
  }
}
