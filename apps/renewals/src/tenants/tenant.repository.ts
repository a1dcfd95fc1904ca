import { Injectable } from '@nestjs/common';
import type { TenantChanged } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

@Injectable()
export class TenantRepository {
  /** An older or equal version changes nothing. */
  async save(tx: Tx, tenantId: string, tenant: TenantChanged): Promise<void> {
    await tx.query(
      `insert into tenants as t (tenant_id, version, time_zone, currency) values ($1, $2, $3, $4)
       on conflict (tenant_id) do update set version = excluded.version, time_zone = excluded.time_zone,
         currency = excluded.currency where excluded.version > t.version`,
      [tenantId, tenant.version, tenant.timeZone, tenant.currency],
    );
  }
}
