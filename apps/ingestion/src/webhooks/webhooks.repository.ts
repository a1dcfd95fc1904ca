import { Injectable } from '@nestjs/common';
import type { WebhookVendor } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

export const webhooksChannel = 'tenure_webhooks';

/** Writes what webhooks are received with. Every change is told to all processes with the commit. */
@Injectable()
export class WebhooksRepository {
  async add(tx: Tx, tenantId: string, sourceId: string, vendor: WebhookVendor): Promise<void> {
    await tx.query('update sources set vendor = $3 where tenant_id = $1 and source_id = $2', [
      tenantId,
      sourceId,
      vendor,
    ]);
    await tx.query('insert into system.webhook_routes (source_id, tenant_id) values ($1, $2)', [sourceId, tenantId]);
  }

  /** The new secret counts from now on, those before it until `until`, and those that end sooner until then. */
  async addSecret(
    tx: Tx,
    tenantId: string,
    sourceId: string,
    secret: { readonly id: string; readonly sealed: string; readonly now: Date; readonly until: Date },
  ): Promise<void> {
    await tx.query(
      `update webhook_secrets set expires_at = least($3, coalesce(expires_at, $3))
       where tenant_id = $1 and source_id = $2`,
      [tenantId, sourceId, secret.until],
    );
    await tx.query(
      `insert into webhook_secrets (tenant_id, source_id, secret_id, sealed, created_at) values ($1, $2, $3, $4, $5)`,
      [tenantId, sourceId, secret.id, secret.sealed, secret.now],
    );
    await this.tell(tx);
  }

  /** Answers whether there was one. */
  async removeSecret(tx: Tx, tenantId: string, sourceId: string, secretId: string): Promise<boolean> {
    const rows = await tx.query(
      'delete from webhook_secrets where tenant_id = $1 and source_id = $2 and secret_id = $3 returning 1 as gone',
      [tenantId, sourceId, secretId],
    );
    await this.tell(tx);
    return rows.length > 0;
  }

  /** Remembers a delivery, and that its source was used. */
  async delivered(tx: Tx, sourceId: string, name: string, now: Date, forgetAt: Date): Promise<void> {
    await tx.query(
      `insert into system.webhook_deliveries (source_id, name, forget_at) values ($1, $2, $3)
       on conflict (source_id, name) do update set forget_at = excluded.forget_at`,
      [sourceId, name, forgetAt],
    );
    await tx.query(
      `update system.webhook_routes set last_used_at = $2::timestamptz
       where source_id = $1 and (last_used_at is null or last_used_at < $2::timestamptz - interval '30 seconds')`,
      [sourceId, now],
    );
  }

  /** Answers how many it forgot; in portions, so that no transaction is long. */
  async forgetDeliveries(tx: Tx, now: Date, most: number): Promise<number> {
    const rows = await tx.query(
      `delete from system.webhook_deliveries where (source_id, name) in
         (select source_id, name from system.webhook_deliveries where forget_at <= $1 limit $2) returning 1 as gone`,
      [now, most],
    );
    return rows.length;
  }

  async tell(tx: Tx): Promise<void> {
    await tx.query(`select pg_notify('${webhooksChannel}', '')`);
  }
}
