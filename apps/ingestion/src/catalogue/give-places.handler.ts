import { Injectable } from '@nestjs/common';
import { Clock, type Tx } from '@tenure/platform';

import { IngestionConfig } from '../ingestion.config';
import { CatalogueRepository } from './catalogue.repository';
import type { NameTally } from './name-tally.domain';

const idleMs = 30 * 86_400_000;
/** A name that was hardly ever used and not for a month gives its place to another. */
const rare = 20;

/** Which of the new names and properties found a place. */
export interface Places {
  readonly placed: readonly NameTally[];
  readonly dropped: readonly NameTally[];
  readonly properties: ReadonlyMap<string, readonly string[]>;
}

/** Gives the places of a tenant's catalogue to names and properties that are new, the busiest first. */
@Injectable()
export class GivePlacesHandler {
  constructor(
    private readonly repository: CatalogueRepository,
    private readonly clock: Clock,
    private readonly config: IngestionConfig,
  ) {}

  async give(tx: Tx, tenantId: string, tallies: readonly NameTally[]): Promise<Places> {
    const isNew = (tally: NameTally): boolean =>
      !tally.known || [...tally.properties.values()].some((property) => !property.known);
    if (!tallies.some(isNew)) return { placed: tallies, dropped: [], properties: new Map() };
    await this.repository.lock(tx, tenantId);
    const dropped = new Set(await this.placeless(tx, tenantId, tallies));
    const placed = tallies.filter((each) => !dropped.has(each));
    const properties = await this.placeProperties(tx, tenantId, placed.filter(isNew));
    return { placed, dropped: [...dropped], properties };
  }

  private async placeless(tx: Tx, tenantId: string, tallies: readonly NameTally[]): Promise<NameTally[]> {
    const taken = new Set(await this.repository.names(tx, tenantId));
    const fresh = tallies.filter((each) => !taken.has(each.name)).sort((a, b) => b.events - a.events);
    let free = this.config.catalogueNames - taken.size;
    if (fresh.length > free) {
      const before = new Date(this.clock.now().getTime() - idleMs);
      free += (await this.repository.evict(tx, tenantId, before, rare, fresh.length - free)).length;
    }
    return fresh.slice(Math.max(0, free));
  }

  /** Takes the properties beyond the bound out of the tallies; answers those that have a place now, by name. */
  private async placeProperties(
    tx: Tx,
    tenantId: string,
    tallies: readonly NameTally[],
  ): Promise<Map<string, readonly string[]>> {
    const rows = await this.repository.propertiesOf(
      tx,
      tenantId,
      tallies.map((each) => each.name),
    );
    const taken = Map.groupBy(rows, (row) => row.name);
    const placed = new Map<string, readonly string[]>();
    for (const tally of tallies) {
      const own = new Set((taken.get(tally.name) ?? []).map((row) => row.property));
      for (const [key, { types }] of tally.properties) {
        if (own.has(key)) continue;
        if (own.size < this.config.catalogueProperties) own.add(key);
        else {
          tally.properties.delete(key);
          for (const { seen } of types.values()) tally.otherProperties += seen;
        }
      }
      placed.set(tally.name, [...own]);
    }
    return placed;
  }
}
