import { tenantChanged, tenantSubject } from '@tenure/contracts';
import { Outbox, type Tx } from '@tenure/platform';
import { toTenantChanged, type Tenant } from './settings.domain';

/** Publishes a tenant, whole, with the commit that changed it. */
export async function publishTenant(outbox: Outbox, tx: Tx, tenant: Tenant, now: Date): Promise<void> {
  await outbox.add(tx, tenantChanged, {
    tenant: tenant.id,
    account: tenantSubject,
    id: `${tenant.id}:${tenant.version}`,
    time: now,
    data: toTenantChanged(tenant),
  });
}
