import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';
import type { Destination, DestinationState } from './destination.domain';

/** Writes destinations. */
@Injectable()
export class DestinationsRepository {
  async add(tx: Tx, destination: Destination, secret: string | null): Promise<void> {
    await tx.query(
      `insert into destinations (tenant_id, destination_id, name, kind, state, url, recipient, signals, min_severity,
         owner_only, owner_email, created_at, secret)
       values ($1, $2, $3, $4, $5, $6, $7, $8::text[], $9, $10, $11, $12, $13)`,
      [
        destination.tenantId,
        destination.destinationId,
        destination.name,
        destination.kind,
        destination.state,
        destination.url,
        destination.to,
        destination.signals,
        destination.minSeverity,
        destination.ownerOnly,
        destination.ownerEmail,
        destination.createdAt,
        secret,
      ],
    );
    await tx.query('insert into system.delivery_tenants (tenant_id) values ($1) on conflict do nothing', [
      destination.tenantId,
    ]);
  }

  /** Writes what a person may change of it. */
  async change(tx: Tx, destination: Destination): Promise<void> {
    await tx.query(
      `update destinations set name = $3, url = $4, recipient = $5, signals = $6::text[], min_severity = $7,
         owner_only = $8, owner_email = $9 where tenant_id = $1 and destination_id = $2`,
      [
        destination.tenantId,
        destination.destinationId,
        destination.name,
        destination.url,
        destination.to,
        destination.signals,
        destination.minSeverity,
        destination.ownerOnly,
        destination.ownerEmail,
      ],
    );
  }

  async setState(tx: Tx, destination: Destination, state: DestinationState, reason: string | null): Promise<void> {
    await tx.query(
      `update destinations set state = $3, state_reason = $4, failing_since = case when $3 = 'active' then null
         else failing_since end where tenant_id = $1 and destination_id = $2`,
      [destination.tenantId, destination.destinationId, state, reason],
    );
  }

  async setFailingSince(tx: Tx, destination: Destination, since: Date | null): Promise<void> {
    await tx.query('update destinations set failing_since = $3 where tenant_id = $1 and destination_id = $2', [
      destination.tenantId,
      destination.destinationId,
      since,
    ]);
  }

  /** The present secret works on beside the new one until `overlapUntil`. */
  async rotateSecret(tx: Tx, destination: Destination, secret: string, overlapUntil: Date): Promise<void> {
    await tx.query(
      `update destinations set previous_secret = secret, previous_secret_until = $4, secret = $3
       where tenant_id = $1 and destination_id = $2`,
      [destination.tenantId, destination.destinationId, secret, overlapUntil],
    );
  }

  async remove(tx: Tx, destination: Destination): Promise<void> {
    await tx.query('delete from destinations where tenant_id = $1 and destination_id = $2', [
      destination.tenantId,
      destination.destinationId,
    ]);
  }
}
