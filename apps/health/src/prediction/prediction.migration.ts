import { tenantTable } from '@tenure/platform';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['churn_models', 'churn_publications'];

/** Churn models that were learned, each with its card, and every time one was adopted. Recorded state. */
export class Prediction1762300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table churn_models (
        tenant_id text not null, version text not null, model jsonb, card jsonb not null, learned_at timestamptz not null,
        primary key (tenant_id, version))`);
    await runner.query(`
      create table churn_publications (
        tenant_id text not null, publication int not null, version text, note text not null, published_by text not null,
        published_at timestamptz not null, primary key (tenant_id, publication))`);
    for (const table of tables) await tenantTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.query(`drop table ${table}`);
  }
}
