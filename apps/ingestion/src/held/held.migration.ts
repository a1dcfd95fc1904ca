import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events that wait for their account. */
export class Held1760100000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table held_events (
        tenant_id text not null,
        held_id text not null,
        reference text not null,
        received_at timestamptz not null,
        event jsonb not null,
        primary key (tenant_id, held_id)
      )`);
    await runner.query('create index held_by_reference on held_events (tenant_id, reference, received_at)');
    await runner.query('create index held_by_age on held_events (tenant_id, received_at)');
    await tenantTable(runner, 'held_events');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table held_events');
  }
}
