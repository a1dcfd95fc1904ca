import { createHash, randomBytes } from 'node:crypto';
import { runMigrations, type MigrationClass } from '@tenure/platform';
import type { Client } from 'pg';
import { asAdmin, createDatabase, rolesOf, urlOf, type RoleNames } from './admin';

/** A database of one suite. */
export interface TestDatabase {
  readonly name: string;
  /** The application's role: what a service runs as. */
  readonly url: string;
  /** The owner's role: it migrates. */
  readonly ownerUrl: string;
  /** The superuser: it sees past row-level security, for a test's own look at the truth. */
  readonly adminUrl: string;
  drop(): Promise<void>;
}

// One number for all workers of all runs on this cluster: they make each template once, one after the other.
const templateLock = 7_303_015;

/**
 * A database of its own for a suite, cloned in about 50 ms from a template that is migrated once for each (service,
 * migrations).
 * @param migrations all that it needs, oldest first, platform's included; none: an empty database with its roles
 */
export async function freshDatabase(service: string, migrations: readonly MigrationClass[]): Promise<TestDatabase> {
  const roles = rolesOf(service);
  const name = `test_${service}_${randomBytes(6).toString('hex')}`;
  await asAdmin(async (client) => {
    const template = await templateFor(client, service, migrations, roles);
    await client.query(`create database "${name}" template "${template}" owner "${roles.owner}"`);
    await client.query(`revoke all on database "${name}" from public`);
    await client.query(`grant connect, temporary on database "${name}" to "${roles.app}"`);
  });
  return {
    name,
    url: urlOf(name, roles.app),
    ownerUrl: urlOf(name, roles.owner),
    adminUrl: urlOf(name),
    drop: () => asAdmin(async (client) => void (await client.query(`drop database if exists "${name}" with (force)`))),
  };
}

async function templateFor(
  client: Client,
  service: string,
  migrations: readonly MigrationClass[],
  roles: RoleNames,
): Promise<string> {
  const name = `template_${service}_${fingerprint(migrations)}`;
  await client.query('select pg_advisory_lock($1)', [templateLock]);
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1 and datistemplate', [name]);
    if (rowCount === 0) await makeTemplate(client, name, migrations, roles);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [templateLock]);
  }
  return name;
}

/** Marked as a template only when complete, so that a run that died half way leaves nothing that looks ready. */
async function makeTemplate(
  client: Client,
  name: string,
  migrations: readonly MigrationClass[],
  roles: RoleNames,
): Promise<void> {
  await client.query(`drop database if exists "${name}" with (force)`);
  await createDatabase(client, name, roles);
  if (migrations.length > 0) {
    await runMigrations({ ownerUrl: urlOf(name, roles.owner), appRole: roles.app }, migrations);
  }
  await client.query(`alter database "${name}" with is_template true`);
}

/** Names and code of the migrations: an edited one makes another template. */
function fingerprint(migrations: readonly MigrationClass[]): string {
  const hash = createHash('sha256');
  for (const migration of migrations) hash.update(migration.name).update(migration.toString());
  return hash.digest('hex').slice(0, 12);
}
