import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, Database, Logger } from '@tenure/platform';

import { IngestionConfig } from '../ingestion.config';
import { Observers } from '../intake/observers.domain';
import { CatalogueRepository } from './catalogue.repository';
import { GivePlacesHandler } from './give-places.handler';
import { dayOf, noteItems, TenantNames } from './name-tally.domain';

const writeEveryMs = 10_000;
/** Tenants whose names stand in memory; beyond it the longest known one begins anew. */
const mostTenants = 2_000;

/** What it learns from, and within which bounds. */
@Injectable()
export class LearnFrom {
  constructor(
    readonly config: IngestionConfig,
    readonly observers: Observers,
    readonly clock: Clock,
  ) {}
}

/**
 * Learns the names of usage events in the accept path: counted in memory, written every ten seconds. A crash loses that much
 * of the counts (never of the events).
 */
@Injectable()
export class LearnNamesHandler implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly tenants = new Map<string, TenantNames>();
  private readonly changed = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly repository: CatalogueRepository,
    private readonly places: GivePlacesHandler,
    private readonly logger: Logger,
    private readonly from: LearnFrom,
  ) {
    from.observers.add(({ tenantId, receivedMs }, items) => {
      noteItems(this.namesOf(tenantId), items, receivedMs);
      this.changed.add(tenantId);
    });
  }

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.write(), writeEveryMs);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.write();
  }

  private namesOf(tenantId: string): TenantNames {
    const known = this.tenants.get(tenantId);
    if (known) return known;
    const oldest = this.tenants.size >= mostTenants ? this.tenants.keys().next().value : undefined;
    if (oldest !== undefined && !this.changed.has(oldest)) this.tenants.delete(oldest);
    const fresh = new TenantNames(this.from.config.catalogueProperties);
    this.tenants.set(tenantId, fresh);
    return fresh;
  }

  /** Everything learned so far stands in the database afterwards, unless that is away: then it waits. */
  write(): Promise<void> {
    return (this.writing = this.writing.then(() => this.writeChanged()));
  }

  private async writeChanged(): Promise<void> {
    const tenants = [...this.changed];
    this.changed.clear();
    for (const tenantId of tenants) {
      const names = this.tenants.get(tenantId);
      if (names) await this.writeNames(tenantId, names);
    }
  }

  private async writeNames(tenantId: string, names: TenantNames): Promise<void> {
    const taken = names.take(dayOf(this.from.clock.now().getTime()));
    if (taken.tallies.length === 0 && taken.other === 0) return;
    try {
      const { placed, dropped, properties, known } = await this.database.write([tenantId], async (tx) => {
        const places = await this.places.give(tx, tenantId, taken.tallies);
        if (places.placed.length > 0) await this.repository.add(tx, tenantId, places.placed);
        const other = places.dropped.reduce((sum, each) => sum + each.events, taken.other);
        if (other > 0) await this.repository.addOther(tx, tenantId, other);
        return { ...places, known: names.loaded ? [] : await this.repository.names(tx, tenantId) };
      });
      names.know([...known, ...placed.map((each) => each.name)]);
      names.drop(dropped.map((each) => each.name));
      for (const [name, own] of properties) names.knowProperties(name, own);
      names.loaded = true;
    } catch (error) {
      names.giveBack(taken);
      this.changed.add(tenantId);
      this.logger.debug('Names of events wait', { err: error, tenant: tenantId });
    }
  }
}
