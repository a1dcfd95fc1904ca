import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';
import type { DigestSettings } from './digest.domain';

/** A person whose digest is due. */
export interface DueDigest {
  readonly tenantId: string;
  readonly personId: string;
}

/** Writes who wants a digest, and when the next one is due. */
@Injectable()
export class DigestRepository {
  async save(tx: Tx, person: DueDigest, settings: DigestSettings, now: Date, dueAt: Date): Promise<void> {
    const { tenantId, personId } = person;
    await tx.query(
      `insert into digests as d (tenant_id, person_id, enabled, hour, email, time_zone, covered_until)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (tenant_id, person_id) do update set
         enabled = excluded.enabled, hour = excluded.hour, email = excluded.email, time_zone = excluded.time_zone,
         covered_until = case when d.enabled then d.covered_until else excluded.covered_until end`,
      [tenantId, personId, settings.enabled, settings.hour, settings.email, settings.timeZone, now],
    );
    await tx.query('insert into system.delivery_tenants (tenant_id) values ($1) on conflict do nothing', [tenantId]);
    if (settings.enabled) await this.arm(tx, person, dueAt);
    else await tx.query('delete from system.digests_due where tenant_id = $1 and person_id = $2', [tenantId, personId]);
  }

  async arm(tx: Tx, { tenantId, personId }: DueDigest, dueAt: Date): Promise<void> {
    await tx.query(
      `insert into system.digests_due (tenant_id, person_id, due_at) values ($1, $2, $3)
       on conflict (tenant_id, person_id) do update set due_at = excluded.due_at`,
      [tenantId, personId, dueAt],
    );
  }

  /** Takes a due one; false where another process was quicker. */
  async take(tx: Tx, { tenantId, personId }: DueDigest, now: Date): Promise<boolean> {
    const rows = await tx.query(
      `delete from system.digests_due where tenant_id = $1 and person_id = $2 and due_at <= $3 returning 1 as taken`,
      [tenantId, personId, now],
    );
    return rows.length > 0;
  }

  async setCovered(tx: Tx, { tenantId, personId }: DueDigest, until: Date): Promise<void> {
    await tx.query('update digests set covered_until = $3 where tenant_id = $1 and person_id = $2', [
      tenantId,
      personId,
      until,
    ]);
  }
}
