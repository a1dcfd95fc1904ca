import { Injectable } from '@nestjs/common';
import type { Envelope, TenantChanged } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';
import { TenantRepository } from './tenant.repository';

/** Keeps what renewals need of a tenant: time zone and currency. */
@Injectable()
export class FollowTenantsHandler {
  constructor(private readonly tenants: TenantRepository) {}

  async handle(tx: Tx, batch: readonly Envelope<TenantChanged>[]): Promise<void> {
    for (const { tenantid, data } of batch) await this.tenants.save(tx, tenantid, data);
  }
}
