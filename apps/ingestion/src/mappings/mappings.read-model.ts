import { Injectable } from '@nestjs/common';
import type { MappingAuthor, WebhookVendor } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

import { defaultMapping } from './default-mappings.read-model';
import type { Mapping } from './mapping.domain';

interface Row {
  version: number;
  document: Mapping | null;
  changed_by: MappingAuthor;
  changed_at: Date;
}

/** One change of a mapping. */
export interface MappingVersion {
  readonly version: number;
  /** Null: back to the default. */
  readonly document: Mapping | null;
  readonly changedBy: MappingAuthor;
  readonly changedAt: Date;
}

/** The mapping in force; version 0 is the default that nobody ever changed. */
export interface CurrentMapping {
  readonly version: number;
  readonly mapping: Mapping;
  readonly isDefault: boolean;
}

/** Reads mappings and how they became what they are. */
@Injectable()
export class MappingsReadModel {
  async current(tx: Tx, tenantId: string, sourceId: string, vendor: WebhookVendor): Promise<CurrentMapping> {
    const [latest] = await this.versions(tx, tenantId, sourceId, 1);
    const mapping = latest?.document ?? defaultMapping(vendor);
    return { version: latest?.version ?? 0, mapping, isDefault: !latest?.document };
  }

  /** The newest first. */
  async versions(tx: Tx, tenantId: string, sourceId: string, most: number): Promise<MappingVersion[]> {
    const rows = await tx.query<Row>(
      `select version, document, changed_by, changed_at from mappings
       where tenant_id = $1 and source_id = $2 order by version desc limit $3`,
      [tenantId, sourceId, most],
    );
    return rows.map(({ version, document, changed_by: changedBy, changed_at: changedAt }) => ({
      version,
      document,
      changedBy,
      changedAt,
    }));
  }
}
