import { randomBytes } from 'node:crypto';

import type { TestDatabase } from '@tenure/testing';
import { Client } from 'pg';

/** Another database with the same tables, rows and rights; nobody may be connected to the first. */
export async function copyOf(database: TestDatabase): Promise<TestDatabase> {
  const name = `${database.name}_${randomBytes(3).toString('hex')}`;
  const named = (url: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const postgres = Object.assign(new URL(database.adminUrl), { pathname: '/postgres' }).href;
  const asAdmin = async (...statements: readonly string[]): Promise<void> => {
    const client = new Client({ connectionString: postgres });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  const { username: owner } = new URL(database.ownerUrl);
  const { username: app } = new URL(database.url);
  await asAdmin(
    `create database "${name}" template "${database.name}" owner "${owner}" strategy file_copy`,
    `revoke all on database "${name}" from public`,
    `grant connect, temporary on database "${name}" to "${app}"`,
  );
  const drop = () => asAdmin(`drop database if exists "${name}" with (force)`);
  return {
    name,
    url: named(database.url),
    ownerUrl: named(database.ownerUrl),
    adminUrl: named(database.adminUrl),
    drop,
  };
}
