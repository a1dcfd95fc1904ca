import { Injectable } from '@nestjs/common';
import type { AlertSignal, DestinationKind, Severity } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';
import type { Destination, DestinationState, Secrets } from './destination.domain';

interface Row {
  tenant_id: string;
  destination_id: string;
  name: string;
  kind: DestinationKind;
  state: DestinationState;
  state_reason: string | null;
  url: string | null;
  recipient: string | null;
  signals: AlertSignal[] | null;
  min_severity: Severity | null;
  owner_only: boolean;
  owner_email: string | null;
  failing_since: Date | null;
  created_at: Date;
}

const columns = `tenant_id, destination_id, name, kind, state, state_reason, url, recipient, signals, min_severity,
  owner_only, owner_email, failing_since, created_at`;

/** Where a page begins: after this destination, oldest first. */
export interface DestinationPlace {
  readonly createdAt: Date;
  readonly id: string;
}

/** Reads destinations; a secret only where it is asked for by name. */
@Injectable()
export class DestinationsReadModel {
  /** All of these tenants, for routing. */
  async ofTenants(tx: Tx, tenants: readonly string[]): Promise<Destination[]> {
    const rows = await tx.query<Row>(
      `select ${columns} from destinations where tenant_id = any($1::text[]) order by created_at, destination_id`,
      [tenants],
    );
    return rows.map(destinationOf);
  }

  async page(tx: Tx, tenantId: string, after: DestinationPlace | undefined, limit: number): Promise<Destination[]> {
    const rows = await tx.query<Row>(
      `select ${columns} from destinations
       where tenant_id = $1 and ($2::timestamptz is null or (created_at, destination_id) > ($2, $3))
       order by created_at, destination_id limit $4`,
      [tenantId, after?.createdAt ?? null, after?.id ?? null, limit],
    );
    return rows.map(destinationOf);
  }

  /** @param lock keeps other changes of it waiting until the transaction ends */
  async byId(tx: Tx, tenantId: string, destinationId: string, lock = false): Promise<Destination | undefined> {
    const [row] = await tx.query<Row>(
      `select ${columns} from destinations where tenant_id = $1 and destination_id = $2 ${lock ? 'for update' : ''}`,
      [tenantId, destinationId],
    );
    return row && destinationOf(row);
  }

  async secrets(tx: Tx, tenantId: string, destinationId: string, now: Date): Promise<Secrets> {
    const [row] = await tx.query<{ secret: string | null; previous: string | null }>(
      `select secret, case when previous_secret_until > $3 then previous_secret end as previous
       from destinations where tenant_id = $1 and destination_id = $2`,
      [tenantId, destinationId, now],
    );
    return [row?.secret, row?.previous].filter((secret): secret is string => typeof secret === 'string');
  }
}

function destinationOf(row: Row): Destination {
  return {
    tenantId: row.tenant_id,
    destinationId: row.destination_id,
    name: row.name,
    kind: row.kind,
    state: row.state,
    stateReason: row.state_reason,
    url: row.url,
    to: row.recipient,
    signals: row.signals,
    minSeverity: row.min_severity,
    ownerOnly: row.owner_only,
    ownerEmail: row.owner_email,
    createdAt: row.created_at,
    failingSince: row.failing_since,
  };
}
