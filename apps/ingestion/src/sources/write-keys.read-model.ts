import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

import type { KeyedSource } from './write-key.domain';

interface KeyRow {
  tenant_id: string;
  source_id: string;
  kind: KeyedSource['kind'];
  mode: KeyedSource['mode'];
  state: KeyedSource['state'];
}

/** Looks write keys up, before any tenant is known. */
@Injectable()
export class WriteKeysReadModel {
  /** @param demo whether the fixed keys of the demo open anything */
  async bySecret(tx: Tx, hash: string, now: Date, demo: boolean): Promise<KeyedSource | undefined> {
    const [row] = await tx.query<KeyRow>(
      `select tenant_id, source_id, kind, mode, state from system.write_keys
       where key_hash = $1 and (expires_at is null or expires_at > $2) and (not demo or $3)`,
      [hash, now, demo],
    );
    return (
      row && { tenantId: row.tenant_id, sourceId: row.source_id, kind: row.kind, mode: row.mode, state: row.state }
    );
  }

  /** Every tenant that has a source: for work that goes through all of them. */
  async tenants(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ tenant_id: string }>(
      `select tenant_id from system.write_keys union select tenant_id from system.webhook_routes order by tenant_id`,
    );
    return rows.map((row) => row.tenant_id);
  }
}
