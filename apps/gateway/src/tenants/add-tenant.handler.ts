import { Injectable } from '@nestjs/common';
import { Clock, Outbox, Problem, type Tx } from '@tenure/platform';
import type { Tenant } from './settings.domain';
import { publishTenant } from './tenant-events.repository';
import { TenantRepository } from './tenant.repository';

/** Adds a tenant and tells every service, inside the transaction of whoever makes it. */
@Injectable()
export class AddTenantHandler {
  private readonly tenants = new TenantRepository();

  constructor(
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws Problem `conflict` when the id is taken */
  async handle(tx: Tx, tenant: Tenant): Promise<void> {
    const now = this.clock.now();
    const added = await this.tenants.add(tx, tenant, now);
    if (!added) throw new Problem('conflict', 'This tenant id is taken.', { pointer: '/id' });
    await publishTenant(this.outbox, tx, tenant, now);
  }
}
