import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { infra } from '../infra';

const rolesSql = resolve(__dirname, '../../../../deploy/postgres/roles.sql');

/** The test cluster's roles have no secret: it lives on 127.0.0.1 for one run. */
const password = 'test';

export interface RoleNames {
  readonly owner: string;
  readonly app: string;
}

export const rolesOf = (service: string): RoleNames => ({ owner: `test_${service}_owner`, app: `test_${service}_app` });

/** A connection string of the test cluster. Without a role: the superuser's. */
export function urlOf(database: string, role?: string): string {
  const url = new URL(infra().postgresUrl);
  url.pathname = `/${database}`;
  if (role) [url.username, url.password] = [role, password];
  return url.href;
}

/** Runs `work` as superuser in database `postgres`. */
export async function asAdmin<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: infra().postgresUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the database with the rights that the product's own databases have. */
export async function createDatabase(client: Client, database: string, roles: RoleNames): Promise<void> {
  for (const role of [roles.owner, roles.app]) await createRole(client, role);
  await client.query(`create database "${database}"`);
  const values: Record<string, string> = { ...roles, database, ownerPassword: password, appPassword: password };
  const sql = readFileSync(rolesSql, 'utf8').replaceAll(/^--.*$/gm, '');
  await client.query(
    sql
      .replaceAll(/:"(\w+)"/g, (_, name: string) => client.escapeIdentifier(values[name] ?? ''))
      .replaceAll(/:'(\w+)'/g, (_, name: string) => client.escapeLiteral(values[name] ?? '')),
  );
}

async function createRole(client: Client, role: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  if (rowCount === 0) await client.query(`create role "${role}"`);
}
