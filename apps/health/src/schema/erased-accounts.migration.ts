import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An erased account keeps its row: since when it is erased, and the version that its scores had come to. */
export class ErasedAccounts1761100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table accounts add column erased_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table accounts drop column erased_at');
  }
}
