import { Client } from 'pg';
import { PgBoss } from 'pg-boss';

import type { MigrationTarget } from '../database/migration-target';
import { jobsSchema } from './jobs';

/** Makes or upgrades pg-boss's schema as the owner, and lets the application's role work in it. */
export async function installJobs(target: MigrationTarget): Promise<void> {
  const boss = new PgBoss({
    connectionString: target.ownerUrl,
    schema: jobsSchema,
    max: 2,
    supervise: false,
    schedule: false,
  });
  await boss.start();
  await boss.stop({ graceful: false });
  const client = new Client({ connectionString: target.ownerUrl });
  await client.connect();
  try {
    const role = `"${target.appRole.replaceAll('"', '""')}"`;
    await client.query(`grant usage on schema ${jobsSchema} to ${role}`);
    await client.query(`grant select, insert, update, delete on all tables in schema ${jobsSchema} to ${role}`);
    await client.query(`grant execute on all functions in schema ${jobsSchema} to ${role}`);
  } finally {
    await client.end();
  }
}
