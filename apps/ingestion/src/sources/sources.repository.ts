import { Injectable } from '@nestjs/common';
import type { SourceState } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

import type { KeyedSource } from './write-key.domain';

/** Writes sources. */
@Injectable()
export class SourcesRepository {
  /** Answers whether it is new. */
  async add(tx: Tx, source: KeyedSource, name: string, now: Date): Promise<boolean> {
    const rows = await tx.query(
      `insert into sources (tenant_id, source_id, name, kind, mode, state, created_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning 1 as added`,
      [source.tenantId, source.sourceId, name, source.kind, source.mode, source.state, now],
    );
    return rows.length > 0;
  }

  /** Keeps two changes of one source in a row. */
  async lock(tx: Tx, tenantId: string, sourceId: string): Promise<void> {
    await tx.query('select 1 from sources where tenant_id = $1 and source_id = $2 for update', [tenantId, sourceId]);
  }

  async setState(tx: Tx, tenantId: string, sourceId: string, state: SourceState, closedAt: Date | null): Promise<void> {
    await tx.query(
      'update sources set state = $3, closed_at = coalesce($4, closed_at) where tenant_id = $1 and source_id = $2',
      [tenantId, sourceId, state, closedAt],
    );
  }
}
