import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';
import type { DeliveryStatus, Outcome } from './delivery.domain';

/** A delivery before its first attempt. */
export interface NewDelivery {
  readonly tenantId: string;
  readonly deliveryId: string;
  readonly destinationId: string;
  readonly accountId: string;
  readonly alertId: string;
  readonly eventId: string;
  readonly webhookId: string;
  readonly type: string;
  readonly eventTime: string;
  readonly data: unknown;
  readonly status: DeliveryStatus;
}

/** Writes deliveries and the log of their attempts. */
@Injectable()
export class DeliveriesRepository {
  /** Adds what is not there yet (one per destination and event); answers the ids of what is new. */
  async add(tx: Tx, list: readonly NewDelivery[], now: Date): Promise<Set<string>> {
    if (list.length === 0) return new Set();
    const rows = await tx.query<{ delivery_id: string }>(
      `insert into deliveries (tenant_id, delivery_id, destination_id, account_id, alert_id, event_id, webhook_id, type,
         event_time, data, status, next_attempt_at, created_at)
       select r."tenantId", r."deliveryId", r."destinationId", r."accountId", r."alertId", r."eventId", r."webhookId",
         r.type, r."eventTime", r.data, r.status, case when r.status = 'pending' then $2::timestamptz end, $2
       from json_to_recordset($1::json) as r("tenantId" text, "deliveryId" text, "destinationId" text,
         "accountId" text, "alertId" text, "eventId" text, "webhookId" text, type text, "eventTime" text,
         data json, status text)
       on conflict (tenant_id, destination_id, event_id) do nothing returning delivery_id`,
      [JSON.stringify(list), now],
    );
    return new Set(rows.map((row) => row.delivery_id));
  }

  async addAttempt(tx: Tx, key: DeliveryKey, outcome: Outcome, at: Date, ms: number): Promise<void> {
    await tx.query(
      `insert into delivery_attempts (tenant_id, delivery_id, attempt, at, status, detail, ms)
       select $1, $2, coalesce(max(attempt), 0) + 1, $3, $4, $5, $6 from delivery_attempts
       where tenant_id = $1 and delivery_id = $2`,
      [key.tenantId, key.deliveryId, at, outcome.status, outcome.detail, ms],
    );
  }

  async setStatus(tx: Tx, key: DeliveryKey, status: DeliveryStatus, nextAttemptAt: Date | null): Promise<void> {
    await this.setStatuses(tx, key.tenantId, [key.deliveryId], status, nextAttemptAt);
  }

  async setStatuses(
    tx: Tx,
    tenantId: string,
    deliveryIds: readonly string[],
    status: DeliveryStatus,
    nextAttemptAt: Date | null,
  ): Promise<void> {
    await tx.query(
      `update deliveries set status = $3, next_attempt_at = $4
       where tenant_id = $1 and delivery_id = any($2::text[])`,
      [tenantId, deliveryIds, status, nextAttemptAt],
    );
  }

  /** Adds accounts to the message of a cause, as long as it waits. */
  async join(tx: Tx, key: DeliveryKey, accounts: readonly string[]): Promise<void> {
    if (accounts.length === 0) return;
    await tx.query(
      `update deliveries set data = (data::jsonb || jsonb_build_object('groupedWith',
         coalesce(data::jsonb->'groupedWith', '[]'::jsonb) || $3::jsonb))::json
       where tenant_id = $1 and delivery_id = $2 and status = 'pending'`,
      [key.tenantId, key.deliveryId, JSON.stringify(accounts)],
    );
  }

  /** Removes what is over and older; what waits stays. */
  async forget(tx: Tx, tenantId: string, before: Date): Promise<void> {
    await tx.query(`delete from deliveries where tenant_id = $1 and created_at < $2 and status <> 'pending'`, [
      tenantId,
      before,
    ]);
  }

  /** Removes everything about an account; answers what may still wait in the queue. */
  async forgetAccount(tx: Tx, tenantId: string, accountId: string): Promise<string[]> {
    const rows = await tx.query<{ delivery_id: string }>(
      'delete from deliveries where tenant_id = $1 and account_id = $2 returning delivery_id',
      [tenantId, accountId],
    );
    return rows.map((row) => row.delivery_id);
  }
}

export interface DeliveryKey {
  readonly tenantId: string;
  readonly deliveryId: string;
}
