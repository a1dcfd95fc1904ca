import { Injectable } from '@nestjs/common';
import { Clock, Database } from '@tenure/platform';
import { SIGNALS } from '@tenure/scoring';

import { TenantFactsReadModel } from '../tenants/tenant-facts.read-model';
import { type CatalogueEntry, catalogueEntry } from './signal-catalogue.domain';
import { SignalCountsReadModel } from './signal-counts.read-model';
import { SignalSettingsReadModel } from './signal-settings.read-model';

/** The catalogue as a tenant sees it. */
@Injectable()
export class ListSignalsHandler {
  constructor(
    private readonly database: Database,
    private readonly tenants: TenantFactsReadModel,
    private readonly settings: SignalSettingsReadModel,
    private readonly counts: SignalCountsReadModel,
    private readonly clock: Clock,
  ) {}

  list(tenant: string): Promise<CatalogueEntry[]> {
    return this.database.read([tenant], async (tx) => {
      const now = this.clock.now();
      const inputs = (await this.tenants.of(tx, [tenant])).get(tenant)?.inputs ?? {};
      const settings = await this.settings.inForce(tx, tenant);
      const versions = await this.counts.versions(tx, tenant);
      const counts = await this.counts.all(tx, tenant, now);
      return SIGNALS.map((definition) =>
        catalogueEntry(definition, {
          inputs,
          settings: settings[definition.name],
          version: versions.get(definition.name) ?? 0,
          counts: counts.get(definition.name),
          now: now.getTime(),
        }),
      );
    });
  }
}
