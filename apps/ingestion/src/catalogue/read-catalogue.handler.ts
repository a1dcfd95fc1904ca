import { Injectable } from '@nestjs/common';
import type { CataloguePropertiesBody } from '@tenure/contracts';
import { Clock, Database, Problem } from '@tenure/platform';

import { IngestionConfig } from '../ingestion.config';
import { CatalogueReadModel, type ListedEvent, type NamesPage } from './catalogue.read-model';
import { CatalogueRepository } from './catalogue.repository';

const dayMs = 86_400_000;
const shownDays = 28;

/** Reads the names of a tenant's events, and hides those that are noise. */
@Injectable()
export class ReadCatalogueHandler {
  constructor(
    private readonly database: Database,
    private readonly catalogue: CatalogueReadModel,
    private readonly repository: CatalogueRepository,
    private readonly clock: Clock,
    private readonly config: IngestionConfig,
  ) {}

  names(
    tenantId: string,
    page: NamesPage,
  ): Promise<{ items: ListedEvent[]; total: number; other: number; capacity: number }> {
    return this.database.read([tenantId], async (tx) => ({
      items: await this.catalogue.names(tx, tenantId, page, this.from()),
      ...(await this.catalogue.counts(tx, tenantId)),
      capacity: this.config.catalogueNames,
    }));
  }

  /** @throws Problem `not-found` */
  properties(tenantId: string, name: string): Promise<CataloguePropertiesBody> {
    return this.database.read([tenantId], async (tx) => {
      const found = await this.catalogue.properties(tx, tenantId, name, this.from());
      if (!found) throw new Problem('not-found', 'There is no event of this name.');
      return found;
    });
  }

  /** Answers how many of the names there are. */
  hide(tenantId: string, names: readonly string[], hidden: boolean): Promise<number> {
    return this.database.write([tenantId], (tx) => this.repository.hide(tx, tenantId, names, hidden));
  }

  async forgetOldDays(tenantId: string): Promise<void> {
    const before = new Date(this.clock.now().getTime() - 91 * dayMs);
    await this.database.write([tenantId], (tx) => this.repository.forgetDaysBefore(tx, tenantId, before));
  }

  private from(): Date {
    return new Date(Math.floor(this.clock.now().getTime() / dayMs) * dayMs - (shownDays - 1) * dayMs);
  }
}
