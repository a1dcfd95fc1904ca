import type { Ask, DerivedState } from './derived-state';
import { inTransaction, tenantsIn } from './owner-connection';

/** The tables that name all tenants of a service with derived state. */
export const tenantTables = ({ tables, columns }: DerivedState): string[] => [
  ...columns.map(({ table }) => table),
  ...tables,
];

/** Whether a replay was begun here and has not come to its end. */
export async function isUnfinished(ask: Ask): Promise<boolean> {
  const rows = await ask('select 1 from system.rebuilds where finished_at is null');
  return rows.length > 0;
}

/** Empties what is derived and forgets how far the log was read; what is recorded stays. All of it, or nothing. */
export async function emptyDerived(ask: Ask, derived: DerivedState): Promise<void> {
  const tenants = await tenantsIn(ask, tenantTables(derived));
  await inTransaction(ask, tenants, async () => {
    const machinery = ['system.fence', 'system.seen_ids', 'system.seen_segments'];
    await ask(`truncate ${[...machinery, ...derived.tables].join(', ')}`);
    await ask('insert into system.seen_segments (segment, opened_at) values (1, now())');
    for (const statement of derived.reset) await ask(statement);
    await ask('insert into system.rebuilds default values');
  });
}

/** Says that the derived tables are whole again. */
export async function finishRebuild(ask: Ask, derived: DerivedState): Promise<void> {
  const tenants = await tenantsIn(ask, tenantTables(derived));
  await inTransaction(ask, tenants, async () => {
    for (const statement of derived.afterwards) await ask(statement);
    await ask('update system.rebuilds set finished_at = now() where finished_at is null');
  });
}
