import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What sources sent and ingestion refused, with the reason. */
export class Rejects1760100000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table rejected_events (
        tenant_id text not null,
        source_id text not null,
        reject_id text not null,
        received_at timestamptz not null,
        item_index int,
        event_id text,
        type text,
        code text not null,
        pointer text not null,
        detail text not null,
        body jsonb not null,
        primary key (tenant_id, source_id, reject_id)
      )`);
    await runner.query(
      'create index rejected_newest on rejected_events (tenant_id, source_id, received_at desc, reject_id)',
    );
    await tenantTable(runner, 'rejected_events');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table rejected_events');
  }
}
