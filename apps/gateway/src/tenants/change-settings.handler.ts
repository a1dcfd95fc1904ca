import { Injectable } from '@nestjs/common';
import { tenantChanged, validateData } from '@tenure/contracts';
import { Clock, Database, Outbox, Problem } from '@tenure/platform';
import { isTimeZone, toTenantChanged, withSettings, type Settings, type Tenant } from './settings.domain';
import { publishTenant } from './tenant-events.repository';
import { TenantRepository } from './tenant.repository';

/** Changes a tenant's settings and tells every service, in one transaction. */
@Injectable()
export class ChangeSettingsHandler {
  private readonly tenants = new TenantRepository();

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async handle(tenantId: string, change: Partial<Settings>): Promise<Settings> {
    if (change.timeZone !== undefined && !isTimeZone(change.timeZone)) {
      throw new Problem('invalid', 'There is no such time zone.', { pointer: '/timeZone' });
    }
    return this.database.write([tenantId], async (tx) => {
      const before = await this.tenants.lock(tx, tenantId);
      if (!before) throw new Problem('not-found', 'There is no such tenant.');
      const after = withSettings(before, change);
      requireValid(after);
      await this.tenants.save(tx, after);
      await publishTenant(this.outbox, tx, after, this.clock.now());
      const { id: _id, version: _version, ...settings } = after;
      return settings;
    });
  }
}

/** The contract has the last word: what is stored can be published. */
function requireValid(tenant: Tenant): void {
  const outcome = validateData(tenantChanged, toTenantChanged(tenant));
  if (!outcome.ok) throw new Problem('invalid', outcome.detail, { pointer: outcome.pointer });
}
