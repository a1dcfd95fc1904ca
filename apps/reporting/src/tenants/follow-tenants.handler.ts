import { Injectable } from '@nestjs/common';
import type { Envelope, TenantChanged } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';
import { TenantRepository } from './tenant.repository';

/** Keeps what reports need of a tenant: time zone and currency. */
@Injectable()
export class FollowTenantsHandler {
  private readonly tenants = new TenantRepository();

  async handle(tx: Tx, batch: readonly Envelope<TenantChanged>[]): Promise<void> {
    for (const { tenantid, data } of batch) await this.tenants.save(tx, tenantid, data);
  }
}
