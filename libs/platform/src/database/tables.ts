import type { QueryRunner } from 'typeorm';

const plainName = /^[a-z_][a-z0-9_]*$/;

function checked(name: string): string {
  if (!plainName.test(name)) throw new Error(`Not a plain table name: ${name}`);
  return name;
}

async function grant(runner: QueryRunner, table: string): Promise<void> {
  await runner.query(
    `do $$ begin execute format('grant select, insert, update, delete on ${table} to %I', current_setting('tenure.app_role')); end $$`,
  );
}

/**
 * Makes `name` (in schema public, with a column `tenant_id`) a table of tenant data: forced row-level security for the
 * tenants of the transaction, and rights for the application's role. The sub-select lets Postgres read the setting once
 * per statement: without it a 1,000-row upsert was measured at half the speed.
 */
export async function tenantTable(runner: QueryRunner, name: string): Promise<void> {
  const table = checked(name);
  const mine = `tenant_id = any((select string_to_array(current_setting('tenure.tenants', true), ','))::text[])`;
  await runner.query(`alter table ${table} enable row level security`);
  await runner.query(`alter table ${table} force row level security`);
  await runner.query(`create policy tenant_rows on ${table} using (${mine}) with check (${mine})`);
  await grant(runner, table);
}

/** Gives the application's role its rights on a table of the machinery (schema `system`), with its sequences. */
export async function systemTable(runner: QueryRunner, name: string): Promise<void> {
  await grant(runner, `system.${checked(name)}`);
  await runner.query(
    `do $$ begin execute format('grant usage on all sequences in schema system to %I', current_setting('tenure.app_role')); end $$`,
  );
}
