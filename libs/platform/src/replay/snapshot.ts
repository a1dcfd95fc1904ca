import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { Ask, DerivedState } from './derived-state';
import { tenantTables } from './empty-derived';
import { inTransaction, tenantsIn } from './owner-connection';

const atOnce = 2_000;

interface Manifest {
  readonly service: string;
  readonly takenAt: string;
  readonly tenants: readonly string[];
}

/** One file of a snapshot: which rows it holds, and how they go back. */
interface Part {
  readonly file: string;
  readonly table: string;
  readonly columns: string;
  readonly conflict: string;
}

function partsOf({ tables, columns }: DerivedState): Part[] {
  const whole = (table: string, named = '*'): Part => ({
    file: `${table}.ndjson`,
    table,
    columns: named,
    conflict: '',
  });
  return [
    whole('system.fence'),
    // The filters are made again: they are large, and follow from the ids.
    whole('system.seen_segments', 'segment, opened_at, closed_at, ids'),
    whole('system.seen_ids'),
    ...tables.map((table) => whole(table)),
    ...columns.map(({ table, key, columns: own }) => ({
      file: `${table}.ndjson`,
      table,
      columns: [...key, ...own].join(', '),
      conflict: `on conflict (${key.join(', ')}) do update set ${own.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    })),
  ];
}

/** Writes derived state, ids and positions, as they are at one instant, into a folder. The service may go on meanwhile. */
export async function takeSnapshot(ask: Ask, service: string, derived: DerivedState, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const tenants = await tenantsIn(ask, tenantTables(derived));
  await inTransaction(ask, tenants, async () => {
    for (const part of partsOf(derived)) await write(ask, part, folder);
  });
  const manifest: Manifest = { service, takenAt: new Date().toISOString(), tenants };
  writeFileSync(join(folder, 'snapshot.json'), JSON.stringify(manifest, null, 2));
}

/** Fills the emptied tables from a snapshot; the log is then read from where it was taken. Throws when it is another service's. */
export async function restoreSnapshot(ask: Ask, service: string, derived: DerivedState, folder: string): Promise<void> {
  const manifest = JSON.parse(readFileSync(join(folder, 'snapshot.json'), 'utf8')) as Manifest;
  if (manifest.service !== service) throw new Error(`This is a snapshot of ${manifest.service}, not of ${service}.`);
  await inTransaction(ask, manifest.tenants, async () => {
    await ask('truncate system.seen_segments');
    for (const part of partsOf(derived)) await read(ask, part, folder);
  });
}

async function write(ask: Ask, { file, table, columns }: Part, folder: string): Promise<void> {
  const stream = createWriteStream(join(folder, file));
  await ask(
    `declare rows no scroll cursor for select row_to_json(r)::text as row from (select ${columns} from ${table}) as r`,
  );
  for (;;) {
    const rows = await ask<{ row: string }>(`fetch ${atOnce} from rows`);
    if (rows.length === 0) break;
    if (!stream.write(rows.map(({ row }) => `${row}\n`).join(''))) await once(stream, 'drain');
  }
  await ask('close rows');
  stream.end();
  await once(stream, 'finish');
}

async function read(ask: Ask, part: Part, folder: string): Promise<void> {
  let rows: string[] = [];
  for await (const line of createInterface(createReadStream(join(folder, part.file)))) {
    rows.push(line);
    if (rows.length < atOnce) continue;
    await insert(ask, part, rows);
    rows = [];
  }
  if (rows.length > 0) await insert(ask, part, rows);
}

async function insert(ask: Ask, { table, columns, conflict }: Part, rows: readonly string[]): Promise<void> {
  const into = columns === '*' ? table : `${table} (${columns})`;
  await ask(
    `insert into ${into} select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb) ${conflict}`,
    [`[${rows.join(',')}]`],
  );
}
