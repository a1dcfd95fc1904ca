import type { MigrationInterface, QueryRunner } from 'typeorm';
import { systemTable } from '../database/tables';

/** Answers to writes that carried an `Idempotency-Key`, kept for a day. */
export class Idempotency1760000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table system.idempotency (
        tenant_id text not null,
        subject text not null,
        key text not null,
        route text not null,
        body_hash text not null,
        answered boolean not null,
        answer jsonb,
        claimed_at timestamptz not null,
        primary key (tenant_id, subject, key)
      )`);
    await runner.query('create index idempotency_age on system.idempotency (claimed_at)');
    await systemTable(runner, 'idempotency');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table system.idempotency');
  }
}
