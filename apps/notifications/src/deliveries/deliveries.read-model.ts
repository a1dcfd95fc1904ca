import { Injectable } from '@nestjs/common';
import type { DeliveryRow } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';
import { toldKey } from '../alerts/routing.domain';
import type { DeliveryStatus, Message } from './delivery.domain';
import type { DeliveryKey } from './deliveries.repository';

interface Row {
  delivery_id: string;
  destination_id: string;
  account_id: string;
  event_id: string;
  type: string;
  status: DeliveryStatus;
  next_attempt_at: Date | null;
  created_at: Date;
  attempts: { at: string; status: number | null; detail: string; ms: number }[];
}

/** A delivery in the log, with its place in the list. */
export interface LoggedDelivery extends DeliveryRow {
  readonly createdAt: string;
}

export interface DeliveriesPage {
  readonly destinationId: string | undefined;
  readonly status: DeliveryStatus | undefined;
  readonly after: { readonly createdAt: Date; readonly id: string } | undefined;
  readonly limit: number;
}

const select = `
  select d.delivery_id, d.destination_id, d.account_id, d.event_id, d.type, d.status, d.next_attempt_at, d.created_at,
    coalesce((select jsonb_agg(jsonb_build_object('at', a.at, 'status', a.status, 'detail', a.detail, 'ms', a.ms)
      order by a.attempt) from delivery_attempts a
      where a.tenant_id = d.tenant_id and a.delivery_id = d.delivery_id), '[]') as attempts
  from deliveries d where d.tenant_id = $1`;

/** Reads the log of deliveries. */
@Injectable()
export class DeliveriesReadModel {
  /** Newest first. */
  async page(tx: Tx, tenantId: string, page: DeliveriesPage): Promise<LoggedDelivery[]> {
    const rows = await tx.query<Row>(
      `${select} and ($2::text is null or d.destination_id = $2) and ($3::text is null or d.status = $3)
         and ($4::timestamptz is null or d.created_at < $4 or (d.created_at = $4 and d.delivery_id > $5))
       order by d.created_at desc, d.delivery_id limit $6`,
      [
        tenantId,
        page.destinationId ?? null,
        page.status ?? null,
        page.after?.createdAt ?? null,
        page.after?.id ?? null,
        page.limit,
      ],
    );
    return rows.map(rowOf);
  }

  async byId(tx: Tx, key: DeliveryKey): Promise<(LoggedDelivery & { readonly accountId: string }) | undefined> {
    const [row] = await tx.query<Row>(`${select} and d.delivery_id = $2`, [key.tenantId, key.deliveryId]);
    return row && { ...rowOf(row), accountId: row.account_id };
  }

  async message(tx: Tx, key: DeliveryKey): Promise<Message | undefined> {
    const [row] = await tx.query<{ webhook_id: string; type: string; event_time: string; data: unknown }>(
      'select webhook_id, type, event_time, data from deliveries where tenant_id = $1 and delivery_id = $2',
      [key.tenantId, key.deliveryId],
    );
    return row && { webhookId: row.webhook_id, type: row.type, timestamp: row.event_time, data: row.data };
  }

  /** The message that began to tell a destination of a cause since `from`. */
  async leadOf(
    tx: Tx,
    { tenantId, destinationId }: { readonly tenantId: string; readonly destinationId: string },
    causeId: string,
    from: Date,
  ): Promise<string | undefined> {
    const [row] = await tx.query<{ delivery_id: string }>(
      `select delivery_id from deliveries where tenant_id = $1 and destination_id = $2 and created_at > $3
         and data->>'causeId' = $4 and data->>'change' = 'opened' order by created_at limit 1`,
      [tenantId, destinationId, from, causeId],
    );
    return row?.delivery_id;
  }

  /** Which of these alerts were routed to which destinations before, as `toldKey`s. */
  async told(tx: Tx, tenants: readonly string[], alertIds: readonly string[]): Promise<Set<string>> {
    const rows = await tx.query<{ destination_id: string; alert_id: string }>(
      `select distinct destination_id, alert_id from deliveries
       where tenant_id = any($1::text[]) and alert_id = any($2::text[])`,
      [tenants, alertIds],
    );
    return new Set(rows.map((row) => toldKey(row.destination_id, row.alert_id)));
  }
}

function rowOf(row: Row): LoggedDelivery {
  return {
    id: row.delivery_id,
    destinationId: row.destination_id,
    eventId: row.event_id,
    type: row.type,
    status: row.status,
    attempts: row.attempts.map((each) => ({ ...each, at: new Date(each.at).toISOString() })),
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
  };
}
