import type { MigrationInterface, QueryRunner } from 'typeorm';

import { tenantTable } from '../database/tables';

/** Every state event as it came, and the fold of each entity. */
export class StateHistory1760000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table state_events (
        tenant_id text not null,
        account_id text not null,
        entity text not null,
        entity_id text not null,
        time timestamptz not null,
        source text not null,
        id text not null,
        received_at timestamptz not null,
        known_at timestamptz not null,
        known_assumed boolean not null,
        sequence text not null,
        snapshot boolean not null,
        data jsonb not null,
        primary key (tenant_id, account_id, entity, entity_id, time, source, id)
      )`);
    await runner.query(`
      create table state_current (
        tenant_id text not null,
        account_id text not null,
        entity text not null,
        entity_id text not null,
        data jsonb not null,
        folded jsonb not null,
        first_time timestamptz not null,
        last_time timestamptz not null,
        primary key (tenant_id, account_id, entity, entity_id)
      )`);
    await tenantTable(runner, 'state_events');
    await tenantTable(runner, 'state_current');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table state_current');
    await runner.query('drop table state_events');
  }
}
