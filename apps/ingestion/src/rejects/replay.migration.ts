import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a replay needs to take a refused item the same way again, and what became of it. `shared` is text: what it says may
 * hold what jsonb cannot keep.
 */
export class Replay1760200000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table rejected_events
        add column way text,
        add column shared text,
        add column shared_lost boolean not null default false,
        add column settled text,
        add column replayed_at timestamptz`);
    await runner.query(
      'create index rejected_open on rejected_events (tenant_id, source_id, code, pointer) where settled is null',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index rejected_open');
    await runner.query(`
      alter table rejected_events
        drop column way, drop column shared, drop column shared_lost, drop column settled, drop column replayed_at`);
  }
}
