import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

@Injectable()
export class AssumedKnowledgeReadModel {
  /** By account: the share of its state events whose time of knowledge an import assumed. Accounts without any are left out. */
  async shares(tx: Tx, tenantId: string): Promise<Map<string, number>> {
    const rows = await tx.query<{ account_id: string; share: number }>(
      `select account_id, avg(known_assumed::int)::float8 as share from state_events
       where tenant_id = $1 group by account_id having bool_or(known_assumed)`,
      [tenantId],
    );
    return new Map(rows.map((row) => [row.account_id, row.share]));
  }
}
