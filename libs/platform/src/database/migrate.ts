import { Client } from 'pg';
import { DataSource, type MigrationInterface } from 'typeorm';

import { installJobs } from '../jobs/install-jobs';
import type { MigrationTarget } from './migration-target';

/** A TypeORM migration class, named `<Name><timestamp>`, with a way up and a way back. */
export type MigrationClass = new () => MigrationInterface;

// One number for all of Tenure: whoever migrates this database holds it, so that replicas that start together take turns.
const lockKey = 7_303_014;

/** The role in a connection URL. */
export function roleOf(url: string): string {
  return decodeURIComponent(new URL(url).username);
}

/** Runs what is missing of `migrations`, in their order, once, under a lock of the database. Answers the names that ran. */
export async function runMigrations(target: MigrationTarget, migrations: readonly MigrationClass[]): Promise<string[]> {
  return underLock(target, async () => {
    const source = await migrationSource(target, migrations).initialize();
    try {
      const ran = await source.runMigrations({ transaction: 'each' });
      await installJobs(target);
      return ran.map((migration) => migration.name);
    } finally {
      await source.destroy();
    }
  });
}

/** Takes back the newest migration. For tests and for an operator who goes one version back. */
export async function revertMigration(target: MigrationTarget, migrations: readonly MigrationClass[]): Promise<void> {
  await underLock(target, async () => {
    const source = await migrationSource(target, migrations).initialize();
    try {
      await source.undoLastMigration({ transaction: 'each' });
    } finally {
      await source.destroy();
    }
  });
}

function migrationSource(target: MigrationTarget, migrations: readonly MigrationClass[]): DataSource {
  return new DataSource({
    type: 'postgres',
    url: target.ownerUrl,
    applicationName: 'tenure-migrations',
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    schema: 'system',
    synchronize: false,
    poolSize: 2,
    extra: { options: `-c tenure.app_role=${target.appRole} -c search_path=public` },
  });
}

async function underLock<T>(target: MigrationTarget, work: () => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: target.ownerUrl, application_name: 'tenure-migrations' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    await client.query('create schema if not exists system');
    await client.query(`grant usage on schema system, public to "${target.appRole.replaceAll('"', '""')}"`);
    return await work();
  } finally {
    await client.end();
  }
}
