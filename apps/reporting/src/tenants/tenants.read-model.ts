import type { Tx } from '@tenure/platform';

/** Of a tenant: its days are days of `timeZone` (IANA), its reports are in `currency` (ISO 4217) unless asked otherwise. */
export interface TenantFacts {
  readonly timeZone: string;
  readonly currency: string;
}

/** Until the gateway has told about a tenant. */
const unknownTenant: TenantFacts = { timeZone: 'UTC', currency: 'USD' };

export class TenantsReadModel {
  async one(tx: Tx, tenantId: string): Promise<TenantFacts> {
    return (await this.of(tx, [tenantId])).get(tenantId) ?? unknownTenant;
  }

  /** Every tenant asked for; one that is not known yet has UTC and USD. */
  async of(tx: Tx, tenantIds: readonly string[]): Promise<Map<string, TenantFacts>> {
    const rows = await tx.query<{ tenant_id: string; time_zone: string; currency: string }>(
      'select tenant_id, time_zone, currency from tenants where tenant_id = any($1)',
      [tenantIds],
    );
    const known = new Map(rows.map((row) => [row.tenant_id, { timeZone: row.time_zone, currency: row.currency }]));
    return new Map(tenantIds.map((id) => [id, known.get(id) ?? unknownTenant]));
  }
}
