import { Injectable } from '@nestjs/common';
import type { TenantChanged } from '@tenure/contracts';
import type { AccountKey, Tx } from '@tenure/platform';

/** Health's copy of the tenants' settings. */
@Injectable()
export class TenantRepository {
  async save(tx: Tx, tenantId: string, data: TenantChanged): Promise<void> {
    await tx.query(
      `insert into tenants (tenant_id, name, time_zone, currency, settings, holidays) values ($1, $2, $3, $4, $5, $6)
       on conflict (tenant_id) do update set name = excluded.name, time_zone = excluded.time_zone,
         currency = excluded.currency, settings = excluded.settings, holidays = excluded.holidays`,
      [tenantId, data.name, data.timeZone, data.currency, data.settings ?? {}, data.holidays ?? []],
    );
  }

  /** Accounts whose history came from an import that nobody has judged yet. */
  async importing(tx: Tx, tenantId: string): Promise<AccountKey[]> {
    const rows = await tx.query<{ account_id: string }>(
      'select account_id from accounts where tenant_id = $1 and importing order by account_id',
      [tenantId],
    );
    return rows.map((row) => ({ tenantId, accountId: row.account_id }));
  }
}
