import { Injectable } from '@nestjs/common';
import type { EventHeld } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

/** A waiting event and the key of what it says of its account. */
export interface FiledEvent {
  readonly reference: string;
  readonly event: EventHeld;
}

interface Row {
  reference: string;
  event: EventHeld;
}

/** Files waiting events and takes them out again. */
@Injectable()
export class HeldRepository {
  /**
   * Keeps filing and learning about the same references apart until the end of the transaction: whoever comes second
   * sees what the first has written. 64 locks a tenant, taken in their order.
   */
  async lock(tx: Tx, tenantId: string, references: readonly string[]): Promise<void> {
    await tx.query(
      `select pg_advisory_xact_lock(slot) from (
         select distinct hashtextextended($1, 7) + (hashtextextended(reference, 7) & 63) as slot
         from unnest($2::text[]) as reference order by slot) slots`,
      [tenantId, references],
    );
  }

  async file(tx: Tx, tenantId: string, list: readonly FiledEvent[]): Promise<void> {
    if (list.length === 0) return;
    await tx.query(
      `insert into held_events (tenant_id, held_id, reference, received_at, event)
       select $1, n.held_id, n.reference, n.received_at, n.event::jsonb
       from unnest($2::text[], $3::text[], $4::timestamptz[], $5::text[]) as n(held_id, reference, received_at, event)
       on conflict do nothing`,
      [
        tenantId,
        list.map(({ event }) => event.heldId),
        list.map(({ reference }) => reference),
        list.map(({ event }) => event.receivedAt),
        list.map(({ event }) => JSON.stringify(event)),
      ],
    );
  }

  /** Takes out what waits for these references, oldest first; the caller publishes it before the commit. */
  take(tx: Tx, tenantId: string, references: readonly string[], limit: number): Promise<FiledEvent[]> {
    return tx.query<Row>(
      `with taken as (
         delete from held_events where (tenant_id, held_id) in (
           select tenant_id, held_id from held_events where tenant_id = $1 and reference = any($2::text[])
           order by received_at limit $3)
         returning reference, received_at, event)
       select reference, event from taken order by received_at`,
      [tenantId, references, limit],
    );
  }

  /** Takes out what has waited too long, and the oldest beyond the capacity. */
  takeExpired(tx: Tx, tenantId: string, before: Date, capacity: number, limit: number): Promise<FiledEvent[]> {
    return tx.query<Row>(
      `with counted as (select count(*) as n from held_events where tenant_id = $1),
       oldest as (
         select held_id, received_at, row_number() over (order by received_at) as place from (
           select held_id, received_at from held_events where tenant_id = $1 order by received_at limit $4) page),
       taken as (
         delete from held_events where tenant_id = $1 and held_id in (
           select held_id from oldest, counted where received_at < $2 or place <= counted.n - $3)
         returning reference, received_at, event)
       select reference, event from taken order by received_at`,
      [tenantId, before, capacity, limit],
    );
  }
}
