import { systemTable, tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Destinations and what was sent to them are a tenant's. What waits to be sent stands in the machinery's schema as ids
 * only, because the worker looks for it before it knows whose it is.
 */
export class Destinations1760200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table destinations (
        tenant_id text not null,
        destination_id text not null,
        name text not null,
        kind text not null,
        state text not null,
        state_reason text,
        url text,
        recipient text,
        signals text[],
        min_severity text,
        owner_only boolean not null,
        owner_email text,
        secret text,
        previous_secret text,
        previous_secret_until timestamptz,
        failing_since timestamptz,
        created_at timestamptz not null,
        primary key (tenant_id, destination_id)
      )`);
    await runner.query(`
      create table deliveries (
        tenant_id text not null,
        delivery_id text not null,
        destination_id text not null,
        account_id text not null,
        alert_id text not null,
        event_id text not null,
        webhook_id text not null,
        type text not null,
        event_time text not null,
        data json not null,
        status text not null,
        next_attempt_at timestamptz,
        created_at timestamptz not null,
        primary key (tenant_id, delivery_id),
        unique (tenant_id, destination_id, event_id)
      )`);
    await runner.query('create index deliveries_of_alert on deliveries (tenant_id, alert_id, destination_id)');
    await runner.query('create index deliveries_by_time on deliveries (tenant_id, created_at desc, delivery_id)');
    await runner.query(`
      create table delivery_attempts (
        tenant_id text not null,
        delivery_id text not null,
        attempt int not null,
        at timestamptz not null,
        status int,
        detail text not null,
        ms int not null,
        primary key (tenant_id, delivery_id, attempt),
        foreign key (tenant_id, delivery_id) references deliveries on delete cascade
      )`);
    for (const table of ['destinations', 'deliveries', 'delivery_attempts']) await tenantTable(runner, table);
    await this.queue(runner);
  }

  private async queue(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table system.delivery_queue (
        tenant_id text not null,
        delivery_id text not null,
        destination_id text not null,
        account_id text not null,
        kind text not null,
        position bigint generated always as identity,
        attempts int not null default 0,
        due_at timestamptz not null,
        lease text,
        leased_until timestamptz,
        primary key (tenant_id, delivery_id)
      ) with (fillfactor = 70)`);
    await runner.query('create index delivery_queue_due on system.delivery_queue (due_at)');
    await runner.query(
      'create index delivery_queue_order on system.delivery_queue (tenant_id, destination_id, account_id, position)',
    );
    await runner.query('create table system.delivery_tenants (tenant_id text primary key)');
    for (const table of ['delivery_queue', 'delivery_tenants']) await systemTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table system.delivery_tenants');
    await runner.query('drop table system.delivery_queue');
    for (const table of ['delivery_attempts', 'deliveries', 'destinations']) await runner.query(`drop table ${table}`);
  }
}
