import type { MigrationInterface, QueryRunner } from 'typeorm';

import { systemTable } from '../database/tables';

/** Replays that were begun, and whether they came to their end: until then the derived tables are not whole. */
export class Rebuilds1762600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'create table system.rebuilds (started_at timestamptz primary key default now(), finished_at timestamptz)',
    );
    await systemTable(runner, 'rebuilds');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table system.rebuilds');
  }
}
