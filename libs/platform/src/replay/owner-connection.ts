import { Client } from 'pg';

import type { Ask } from './derived-state';

/** The owner's connection, for the length of a command. */
export async function asOwner<T>(url: string, work: (ask: Ask, client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'tenure-replay' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // Instants are written as text, which must not depend on whose machine it is.
    await client.query(`set timezone to 'UTC'`);
    const ask: Ask = async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await client.query(sql, [...parameters])).rows as Row[];
    return await work(ask, client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** As one transaction that sees the rows of these tenants. */
export async function inTransaction<T>(ask: Ask, tenants: readonly string[], work: () => Promise<T>): Promise<T> {
  await ask('begin isolation level repeatable read');
  try {
    await ask(`select set_config('tenure.tenants', $1, true)`, [tenants.join(',')]);
    const result = await work();
    await ask('commit');
    return result;
  } catch (error) {
    await ask('rollback').catch(() => undefined);
    throw error;
  }
}

/**
 * Every tenant that has rows in one of these tables. Row-level security hides them from the owner too, until he lifts it;
 * the lifting is taken back before anybody could see it.
 */
export async function tenantsIn(ask: Ask, tables: readonly string[]): Promise<string[]> {
  await ask('begin');
  try {
    const found = new Set<string>();
    for (const table of tables) {
      await ask(`alter table ${table} no force row level security`);
      const rows = await ask<{ tenant_id: string }>(`select distinct tenant_id from ${table}`);
      for (const row of rows) found.add(row.tenant_id);
    }
    return [...found].sort();
  } finally {
    await ask('rollback');
  }
}
