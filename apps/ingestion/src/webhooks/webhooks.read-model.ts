import { Injectable } from '@nestjs/common';
import type { SourceMode, SourceState, WebhookVendor } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

export interface SourceFacts {
  readonly vendor: WebhookVendor;
  readonly mode: SourceMode;
  readonly state: SourceState;
}

export interface SealedSecret {
  readonly secretId: string;
  readonly sealed: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
}

interface SecretRow {
  secret_id: string;
  sealed: string;
  created_at: Date;
  expires_at: Date | null;
}

/** Reads what webhooks are received with. */
@Injectable()
export class WebhooksReadModel {
  /** Whose address it is: asked before any tenant is known. */
  async tenantOf(tx: Tx, sourceId: string): Promise<string | undefined> {
    const [row] = await tx.query<{ tenant_id: string }>(
      'select tenant_id from system.webhook_routes where source_id = $1',
      [sourceId],
    );
    return row?.tenant_id;
  }

  async facts(tx: Tx, tenantId: string, sourceId: string): Promise<SourceFacts | undefined> {
    const [row] = await tx.query<SourceFacts>(
      `select vendor, mode, state from sources
       where tenant_id = $1 and source_id = $2 and kind = 'webhook' and vendor is not null`,
      [tenantId, sourceId],
    );
    return row;
  }

  /** Those that still count, the newest first. */
  async secrets(tx: Tx, tenantId: string, sourceId: string, now: Date): Promise<SealedSecret[]> {
    const rows = await tx.query<SecretRow>(
      `select secret_id, sealed, created_at, expires_at from webhook_secrets
       where tenant_id = $1 and source_id = $2 and (expires_at is null or expires_at > $3)
       order by expires_at desc nulls first, created_at desc, secret_id`,
      [tenantId, sourceId, now],
    );
    return rows.map((row) => ({
      secretId: row.secret_id,
      sealed: row.sealed,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    }));
  }

  async wasDelivered(tx: Tx, sourceId: string, name: string, now: Date): Promise<boolean> {
    const rows = await tx.query(
      'select 1 from system.webhook_deliveries where source_id = $1 and name = $2 and forget_at > $3',
      [sourceId, name, now],
    );
    return rows.length > 0;
  }
}
