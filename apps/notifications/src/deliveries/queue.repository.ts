import { Injectable } from '@nestjs/common';
import type { DestinationKind } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

/** Wakes the workers of all replicas. */
export const queueChannel = 'tenure_deliveries';

/** A delivery that waits. */
export interface Waiting {
  readonly tenantId: string;
  readonly deliveryId: string;
  readonly destinationId: string;
  readonly accountId: string;
  readonly kind: DestinationKind;
}

/** A delivery that this process holds for the length of a lease. */
export interface Claim extends Waiting {
  /** Attempts made in this round before. */
  readonly attempts: number;
  /** Names who holds it: a result of another holder is not recorded. */
  readonly lease: string;
}

/** How many more attempts a destination may have under way in this process. */
export interface Capacity {
  readonly destinationId: string;
  readonly free: number;
}

export interface ClaimRequest {
  readonly now: Date;
  readonly lease: string;
  readonly leaseMs: number;
  readonly limit: number;
  /** Of destinations that are not listed here: `freeOfOthers`, and one of Slack. */
  readonly capacities: readonly Capacity[];
  readonly freeOfOthers: number;
}

interface ClaimRow {
  tenant_id: string;
  delivery_id: string;
  destination_id: string;
  account_id: string;
  kind: DestinationKind;
  attempts: number;
}

const claimLock = 7_303_021;

/**
 * What of the queue may go now: due, held by nobody, and not behind an earlier one of the same account and destination
 * that is under way or in its first tries (0 s, 5 s, 5 min). After those a later one overtakes, so that one message that
 * a receiver cannot take does not silence an account for three days; the alert's `version` tells what is newer.
 */
const free = `(q.leased_until is null or q.leased_until <= clock_timestamp()) and not exists (
  select 1 from system.delivery_queue e
  where e.tenant_id = q.tenant_id and e.destination_id = q.destination_id and e.account_id = q.account_id
    and e.position < q.position and (e.attempts < 3 or e.leased_until > clock_timestamp()))`;

/** The queue of what is to be sent. Leases run by the database's clock, which all replicas share. */
@Injectable()
export class QueueRepository {
  async add(tx: Tx, list: readonly Waiting[], dueAt: Date | 'infinity'): Promise<void> {
    if (list.length === 0) return;
    await tx.query(
      `insert into system.delivery_queue (tenant_id, delivery_id, destination_id, account_id, kind, due_at)
       select r.tenant_id, r.delivery_id, r.destination_id, r.account_id, r.kind, $6::timestamptz
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
         with ordinality as r(tenant_id, delivery_id, destination_id, account_id, kind, n)
       order by r.n on conflict do nothing`,
      [
        list.map((each) => each.tenantId),
        list.map((each) => each.deliveryId),
        list.map((each) => each.destinationId),
        list.map((each) => each.accountId),
        list.map((each) => each.kind),
        dueAt,
      ],
    );
    await this.wake(tx);
  }

  /** Takes deliveries for the length of the lease, one claimer at a time so that an account's order holds. */
  async claim(tx: Tx, request: ClaimRequest): Promise<Claim[]> {
    await tx.query('select pg_advisory_xact_lock($1)', [claimLock]);
    const rows = await tx.query<ClaimRow>(
      `with ready as (
         select q.tenant_id, q.delivery_id, q.destination_id, q.kind, q.due_at, q.position,
           row_number() over (partition by q.tenant_id, q.destination_id order by q.due_at, q.position) as rank
         from system.delivery_queue q where q.due_at <= $1 and ${free}),
       chosen as (
         select r.tenant_id, r.delivery_id from ready r
         left join unnest($2::text[], $3::int[]) as c(destination_id, free) on c.destination_id = r.destination_id
         where r.rank <= coalesce(c.free, case r.kind when 'slack' then 1 else $4 end) order by r.due_at, r.position limit $5)
       update system.delivery_queue q
       set lease = $6, leased_until = clock_timestamp() + make_interval(secs => $7::float8 / 1000)
       from chosen where chosen.tenant_id = q.tenant_id and chosen.delivery_id = q.delivery_id
       returning q.tenant_id, q.delivery_id, q.destination_id, q.account_id, q.kind, q.attempts`,
      [
        request.now,
        request.capacities.map((each) => each.destinationId),
        request.capacities.map((each) => each.free),
        request.freeOfOthers,
        request.limit,
        request.lease,
        request.leaseMs,
      ],
    );
    return rows.map((row) => ({
      tenantId: row.tenant_id,
      deliveryId: row.delivery_id,
      destinationId: row.destination_id,
      accountId: row.account_id,
      kind: row.kind,
      attempts: row.attempts,
      lease: request.lease,
    }));
  }

  /** Locks what is held under this lease; false where the lease ran out and somebody else took over. */
  async stillHeld(tx: Tx, claim: Claim): Promise<boolean> {
    const rows = await tx.query(
      `select 1 as held from system.delivery_queue
       where tenant_id = $1 and delivery_id = $2 and lease = $3 for update`,
      [claim.tenantId, claim.deliveryId, claim.lease],
    );
    return rows.length > 0;
  }

  async postpone(tx: Tx, claim: Claim, dueAt: Date): Promise<void> {
    await tx.query(
      `update system.delivery_queue set attempts = attempts + 1, due_at = $3, lease = null, leased_until = null
       where tenant_id = $1 and delivery_id = $2`,
      [claim.tenantId, claim.deliveryId, dueAt],
    );
  }

  /** Gives back what was claimed; it waits until the destination is resumed. */
  async park(tx: Tx, claim: Claim): Promise<void> {
    await tx.query(
      `update system.delivery_queue set due_at = 'infinity', lease = null, leased_until = null
       where tenant_id = $1 and delivery_id = $2 and lease = $3`,
      [claim.tenantId, claim.deliveryId, claim.lease],
    );
  }

  /** Gives back what was claimed and not tried. */
  async release(tx: Tx, claims: readonly Claim[]): Promise<void> {
    await tx.query(
      `update system.delivery_queue q set lease = null, leased_until = null
       from unnest($1::text[], $2::text[], $3::text[]) as c(tenant_id, delivery_id, lease)
       where q.tenant_id = c.tenant_id and q.delivery_id = c.delivery_id and q.lease = c.lease`,
      [claims.map((each) => each.tenantId), claims.map((each) => each.deliveryId), claims.map((each) => each.lease)],
    );
  }

  async remove(tx: Tx, tenantId: string, deliveryIds: readonly string[]): Promise<void> {
    await tx.query('delete from system.delivery_queue where tenant_id = $1 and delivery_id = any($2::text[])', [
      tenantId,
      deliveryIds,
    ]);
  }

  /** Everything of a destination waits until `dueAt`. */
  async shift(tx: Tx, tenantId: string, destinationId: string, dueAt: Date | 'infinity'): Promise<void> {
    await tx.query('update system.delivery_queue set due_at = $3 where tenant_id = $1 and destination_id = $2', [
      tenantId,
      destinationId,
      dueAt,
    ]);
    await this.wake(tx);
  }

  /** Takes everything of a destination out; answers the deliveries. */
  async clear(tx: Tx, tenantId: string, destinationId: string): Promise<string[]> {
    const rows = await tx.query<{ delivery_id: string }>(
      'delete from system.delivery_queue where tenant_id = $1 and destination_id = $2 returning delivery_id',
      [tenantId, destinationId],
    );
    return rows.map((row) => row.delivery_id);
  }

  /** When the next one that nobody holds back is due; null: nothing waits. */
  async nextDue(tx: Tx): Promise<Date | null> {
    const [row] = await tx.query<{ due_at: Date | null }>(
      `select min(q.due_at) as due_at from system.delivery_queue q where q.due_at < 'infinity' and ${free}`,
    );
    return row?.due_at ?? null;
  }

  /** Tenants that have ever had a destination. */
  async tenants(tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ tenant_id: string }>('select tenant_id from system.delivery_tenants');
    return rows.map((row) => row.tenant_id);
  }

  private async wake(tx: Tx): Promise<void> {
    await tx.query(`select pg_notify('${queueChannel}', '')`);
  }
}
