import type { Tx } from '@tenure/platform';
import type { Settings, Tenant } from './settings.domain';

export interface TenantRow {
  readonly tenant_id: string;
  readonly name: string;
  readonly time_zone: string;
  readonly currency: string;
  readonly fiscal_year_start: number;
  readonly more: Pick<Settings, 'businessDays' | 'holidays' | 'sourcePriority' | 'settings'>;
  readonly version: string;
}

/** A tenant as its own people see it. */
export class TenantReadModel {
  async one(tx: Tx, tenantId: string): Promise<Tenant | undefined> {
    const [row] = await tx.query<TenantRow>(`select * from tenants where tenant_id = $1`, [tenantId]);
    return row && toTenant(row);
  }
}

export function toTenant(row: TenantRow): Tenant {
  const { tenant_id: id, name, time_zone: timeZone, currency, fiscal_year_start: fiscalYearStart, more, version } = row;
  return { id, name, timeZone, currency, fiscalYearStart, version: Number(version), ...more };
}
