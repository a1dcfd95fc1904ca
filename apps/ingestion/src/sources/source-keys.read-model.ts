import { Injectable } from '@nestjs/common';
import type { SourceKeyRow } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

interface Row {
  prefix: string;
  created_at: Date;
  last_used_at: Date | null;
  expires_at: Date | null;
}

/** Reads which keys open a source: what recognises them, never what they are. */
@Injectable()
export class SourceKeysReadModel {
  /** Those that count now, the newest first; none of a source that is another tenant's. */
  async of(tx: Tx, tenantId: string, sourceId: string, now: Date): Promise<SourceKeyRow[]> {
    const rows = await tx.query<Row>(
      `select prefix, created_at, last_used_at, expires_at from system.write_keys
       where tenant_id = $1 and source_id = $2 and (expires_at is null or expires_at > $3) order by created_at desc`,
      [tenantId, sourceId, now],
    );
    return rows.map((row) => ({
      prefix: row.prefix,
      createdAt: row.created_at.toISOString(),
      lastUsedAt: row.last_used_at?.toISOString() ?? null,
      expiresAt: row.expires_at?.toISOString() ?? null,
    }));
  }
}
