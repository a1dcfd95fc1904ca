import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { root } from './paths.mjs';
import { serviceNames } from './services.mjs';

const rolesSql = join(root, 'deploy/postgres/roles.sql');

/**
 * Each service's own database `tenure_<service>` with its two roles: made if missing, their rights set anew each time.
 * @returns {Promise<Record<string, {url: string, ownerUrl: string}>>}
 */
export async function createDatabases(postgresUrl, secrets) {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    const urls = {};
    for (const service of serviceNames) urls[service] = await createDatabase(client, postgresUrl, service, secrets);
    return urls;
  } finally {
    await client.end();
  }
}

async function createDatabase(client, postgresUrl, service, secrets) {
  const values = namesOf(service, secrets);
  for (const role of [values.owner, values.app]) {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
    if (rowCount === 0) await client.query(`create role ${client.escapeIdentifier(role)}`);
  }
  const { rowCount } = await client.query('select from pg_database where datname = $1', [values.database]);
  if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(values.database)}`);
  await client.query(rolesFor(client, values));
  return urlsOf(postgresUrl, service, secrets);
}

const namesOf = (service, secrets) => ({
  database: `tenure_${service}`,
  owner: `tenure_${service}_owner`,
  app: `tenure_${service}_app`,
  ownerPassword: secrets[`${service}Owner`],
  appPassword: secrets[`${service}App`],
});

/** Connection strings of a service's two roles. */
export function urlsOf(postgresUrl, service, secrets) {
  const { database, owner, app, ownerPassword, appPassword } = namesOf(service, secrets);
  const url = (role, password) => {
    const made = new URL(postgresUrl);
    Object.assign(made, { username: role, password, pathname: `/${database}` });
    return made.href;
  };
  return { url: url(app, appPassword), ownerUrl: url(owner, ownerPassword) };
}

// The file is written for psql; its variables are filled in as psql would.
const rolesFor = (client, values) =>
  readFileSync(rolesSql, 'utf8')
    .replaceAll(/^--.*$/gm, '')
    .replaceAll(/:"(\w+)"/g, (_, name) => client.escapeIdentifier(values[name]))
    .replaceAll(/:'(\w+)'/g, (_, name) => client.escapeLiteral(values[name]));
