import { Injectable } from '@nestjs/common';
import type { ErasureApplied, ErasureKind } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

export interface NewErasure {
  readonly erasureId: string;
  readonly kind: ErasureKind;
  readonly account: string | null;
  readonly identifiers: number;
  readonly reason: string | null;
  readonly requestedBy: string;
}

/** Writes the record of erasures. */
@Injectable()
export class ErasuresRepository {
  async add(tx: Tx, tenantId: string, erasure: NewErasure, now: Date): Promise<void> {
    const { erasureId, kind, account, identifiers, reason, requestedBy } = erasure;
    await tx.query(
      `insert into erasures (tenant_id, erasure_id, kind, account, identifiers, reason, requested_by, requested_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [tenantId, erasureId, kind, account, identifiers, reason, requestedBy, now],
    );
  }

  async report(tx: Tx, tenantId: string, applied: ErasureApplied): Promise<void> {
    await tx.query(
      `insert into erasure_reports (tenant_id, erasure_id, service, tables, applied_at) values ($1, $2, $3, $4, $5)
       on conflict do nothing`,
      [tenantId, applied.erasureId, applied.service, JSON.stringify(applied.tables), applied.appliedAt],
    );
  }

  /** Earlier ids that became this user. */
  async linkedIds(tx: Tx, tenantId: string, userIds: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ from_key: string }>(
      'select from_key from user_links where tenant_id = $1 and to_key = any($2::text[])',
      [tenantId, userIds.map((id) => `user:${id}`)],
    );
    return rows.map(({ from_key }) => from_key.slice(from_key.indexOf(':') + 1));
  }
}
