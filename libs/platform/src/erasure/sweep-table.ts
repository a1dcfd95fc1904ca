import type { EntityName } from '@tenure/contracts';

import type { Tx } from '../database/tx';
import type { PersonMatcher } from './person-matcher';

/** A table of the service and what of it can hold text. */
export interface SweptTable {
  readonly schema: 'public' | 'system';
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: 'text' | 'list' | 'json' | 'bytes' }[];
  readonly hasAccount: boolean;
}

/** Of these the whole row goes: what nobody could read may hold anything about a person. */
const wholeRows = new Set(['held_events', 'rejected_events', 'import_errors', 'dead_letters', 'idempotency']);

/** Machinery that holds what came in; the rest of it holds none, and keys that must stay. */
const sweptMachinery = ['dead_letters', 'idempotency'];

/** Every table of tenant data, and what of the machinery holds events. */
export async function sweptTables(tx: Tx): Promise<SweptTable[]> {
  const rows = await tx.query<{ schema: 'public' | 'system'; name: string; column_name: string; type: string }>(
    `select n.nspname as schema, c.relname as name, a.attname as column_name, format_type(a.atttypid, null) as type
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relkind = 'r' and c.relname <> 'erased_identifiers'
       and ((n.nspname = 'public' and c.relrowsecurity) or (n.nspname = 'system' and c.relname = any($1::text[])))
     order by 1, 2, a.attnum`,
    [sweptMachinery],
  );
  return [...Map.groupBy(rows, (row) => `${row.schema}.${row.name}`).values()].flatMap((list) => {
    const [first] = list;
    if (!first || !list.some((row) => row.column_name === 'tenant_id')) return [];
    const columns = list.flatMap(({ column_name, type }) => {
      const known = columnTypes[type];
      return known && column_name !== 'tenant_id' ? [{ name: column_name, type: known }] : [];
    });
    const { schema, name } = first;
    return [{ schema, name, columns, hasAccount: list.some((row) => row.column_name === 'account_id') }];
  });
}

const columnTypes: Readonly<Record<string, SweptTable['columns'][number]['type']>> = {
  text: 'text',
  'character varying': 'text',
  'text[]': 'list',
  jsonb: 'json',
  json: 'json',
  bytea: 'bytes',
};

/** What a sweep of one table did. */
export interface Swept {
  readonly rows: number;
  /** Accounts whose rows changed: what is remembered of them is no longer true. */
  readonly accounts: readonly string[];
}

/** Removes a person from every row of a table. */
export async function sweepPerson(
  tx: Tx,
  table: SweptTable,
  tenantId: string,
  words: readonly string[],
  matcher: PersonMatcher,
): Promise<Swept> {
  const readable = table.columns.filter(({ type }) => type !== 'bytes' || wholeRows.has(table.name));
  if (readable.length === 0) return { rows: 0, accounts: [] };
  const accounts = new Set<string>();
  let rows = 0;
  for (const row of await candidates(tx, table, readable, tenantId, words)) {
    const changed = await sweepRow(tx, table, row, matcher);
    if (!changed) continue;
    rows += 1;
    if (typeof row['account_id'] === 'string') accounts.add(row['account_id']);
  }
  return { rows, accounts: [...accounts] };
}

type Row = Record<string, unknown> & { readonly place: string };

function candidates(
  tx: Tx,
  table: SweptTable,
  columns: SweptTable['columns'],
  tenantId: string,
  words: readonly string[],
): Promise<Row[]> {
  const text = columns.map(({ name, type }) => (type === 'bytes' ? `encode("${name}", 'escape')` : `"${name}"::text`));
  const shown = columns.map(({ name, type }) =>
    type === 'bytes' ? `encode("${name}", 'escape') as "${name}"` : `"${name}"`,
  );
  return tx.query<Row>(
    `select ctid::text as place, ${shown.join(', ')} from ${table.schema}."${table.name}"
     where tenant_id = $1 and exists (
       select 1 from unnest($2::text[]) as w where strpos(lower(concat_ws(' ', ${text.join(', ')})), w) > 0)
     for update`,
    [tenantId, words],
  );
}

async function sweepRow(tx: Tx, table: SweptTable, row: Row, matcher: PersonMatcher): Promise<boolean> {
  const changes = table.columns.flatMap(({ name, type }) => {
    const before = row[name];
    const after = cleaned(row, name, before, matcher);
    return after === before || after === undefined ? [] : [{ name, type, after }];
  });
  if (changes.length === 0) return false;
  const at = `${table.schema}."${table.name}"`;
  if (wholeRows.has(table.name)) {
    await tx.query(`delete from ${at} where ctid = $1::tid`, [row.place]);
    return true;
  }
  const values = changes.map(({ type, after }) => (type === 'json' ? JSON.stringify(after) : after));
  const set = changes.map(({ name, type }, n) => `"${name}" = $${n + 2}${type === 'json' ? '::jsonb' : ''}`).join(', ');
  await tx.query('savepoint erased_row');
  try {
    await tx.query(`update ${at} set ${set} where ctid = $1::tid`, [row.place, ...values]);
  } catch (error) {
    // Two names of one person are one from now on; the second row says what the first one says.
    if (!isConflict(error)) throw error;
    await tx.query('rollback to savepoint erased_row');
    await tx.query(`delete from ${at} where ctid = $1::tid`, [row.place]);
  }
  await tx.query('release savepoint erased_row');
  return true;
}

const profiles = new Set<EntityName>(['user', 'stakeholder']);

function cleaned(row: Row, name: string, before: unknown, matcher: PersonMatcher): unknown {
  const entity = row['entity'];
  const isProfile = typeof entity === 'string' && profiles.has(entity as EntityName);
  if (isProfile && name === 'entity_id') return matcher.scrub(before, 'userId');
  if (isProfile && name === 'data') return matcher.scrubProfile(before as Record<string, unknown>);
  if (isProfile && name === 'folded') return cleanedFold(before, matcher);
  return matcher.scrub(before, name);
}

/** A fold has each field with its rank: the fields are a profile, the ranks name who said it. */
function cleanedFold(folded: unknown, matcher: PersonMatcher): unknown {
  const clean = matcher.scrub(folded) as { fields?: Record<string, { value: unknown }> };
  if (clean === folded || !clean.fields) return clean;
  const values = Object.fromEntries(
    Object.entries((folded as typeof clean).fields ?? {}).map(([name, { value }]) => [name, value]),
  );
  const kept = matcher.scrubProfile(values);
  const fields = Object.entries(clean.fields).flatMap(([name, field]) =>
    name in kept ? [[name, { ...field, value: kept[name] }] as const] : [],
  );
  return { ...clean, fields: Object.fromEntries(fields) };
}

function isConflict(error: unknown): boolean {
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  return code === '23505' || driverError?.code === '23505';
}

/** Deletes what a table still has of an account that was deleted. */
export async function sweepAccount(tx: Tx, table: SweptTable, tenantId: string, accountId: string): Promise<number> {
  const at = `${table.schema}."${table.name}"`;
  if (table.hasAccount && table.schema === 'public' && !keepers.has(table.name)) {
    return count(tx, `delete from ${at} where tenant_id = $1 and account_id = $2`, [tenantId, accountId]);
  }
  if (table.name === 'dead_letters') {
    const key = Buffer.from(`${tenantId}:${accountId}`);
    return count(tx, `delete from ${at} where tenant_id = $1 and record_key = $2`, [tenantId, key]);
  }
  if (table.name !== 'held_events' && table.name !== 'rejected_events') return 0;
  const column = table.name === 'held_events' ? 'event' : 'body';
  const said = ['accountId', 'groupId'].map((name) => `"${name}": ${JSON.stringify(accountId)}`);
  const sql = `delete from ${at} where tenant_id = $1 and (strpos("${column}"::text, $2) > 0 or strpos("${column}"::text, $3) > 0)`;
  return count(tx, sql, [tenantId, ...said]);
}

/** They remember that the account is erased. */
const keepers = new Set(['accounts', 'forgotten_accounts']);

async function count(tx: Tx, sql: string, parameters: readonly unknown[]): Promise<number> {
  const [row] = await tx.query<{ n: string }>(
    `with gone as (${sql} returning 1) select count(*) as n from gone`,
    parameters,
  );
  return Number(row?.n ?? 0);
}
