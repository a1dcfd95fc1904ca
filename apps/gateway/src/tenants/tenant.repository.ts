import type { Tx } from '@tenure/platform';
import type { Tenant } from './settings.domain';
import { toTenant, type TenantRow } from './tenant.read-model';

/** The table `tenants`. */
export class TenantRepository {
  /** False: the id is taken. */
  async add(tx: Tx, tenant: Tenant, now: Date): Promise<boolean> {
    const rows = await tx.query(
      `insert into tenants (tenant_id, name, time_zone, currency, fiscal_year_start, more, version, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (tenant_id) do nothing returning 1`,
      [...values(tenant), now],
    );
    return rows.length > 0;
  }

  async lock(tx: Tx, tenantId: string): Promise<Tenant | undefined> {
    const [row] = await tx.query<TenantRow>(`select * from tenants where tenant_id = $1 for update`, [tenantId]);
    return row && toTenant(row);
  }

  async save(tx: Tx, tenant: Tenant): Promise<void> {
    await tx.query(
      `update tenants set name = $2, time_zone = $3, currency = $4, fiscal_year_start = $5, more = $6, version = $7
        where tenant_id = $1`,
      values(tenant),
    );
  }
}

function values({ id, name, timeZone, currency, fiscalYearStart, version, ...more }: Tenant): unknown[] {
  return [id, name, timeZone, currency, fiscalYearStart, JSON.stringify(more), version];
}
