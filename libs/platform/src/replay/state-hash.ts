import { createHash } from 'node:crypto';

import type { Ask, DerivedState } from './derived-state';
import { tenantTables } from './empty-derived';
import { inTransaction, tenantsIn } from './owner-connection';

/** SHA-256 over everything derived, and over how many rows. Equal hashes: the same state, however it came about. */
export interface StateHash {
  readonly sha256: string;
  readonly rows: number;
}

/** Hashes the derived state of all tenants as it is at one instant. */
export async function stateHash(ask: Ask, derived: DerivedState): Promise<StateHash> {
  const hash = createHash('sha256');
  let rows = 0;
  for (const tenant of await tenantsIn(ask, tenantTables(derived))) {
    await inTransaction(ask, [tenant], async () => {
      for await (const line of derived.canonical(ask, tenant)) {
        hash.update(line).update('\n');
        rows += 1;
      }
    });
  }
  return { sha256: hash.digest('hex'), rows };
}
