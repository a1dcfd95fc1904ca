import { Injectable } from '@nestjs/common';
import type { MappingAuthor } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

import type { Mapping } from './mapping.domain';

export interface NewVersion {
  readonly version: number;
  readonly document: Mapping | null;
  readonly changedBy: MappingAuthor;
  readonly changedAt: Date;
}

/** Writes versions of mappings; none is ever changed. */
@Injectable()
export class MappingsRepository {
  async add(tx: Tx, tenantId: string, sourceId: string, next: NewVersion): Promise<void> {
    await tx.query(
      `insert into mappings (tenant_id, source_id, version, document, changed_by, changed_at)
       values ($1, $2, $3, $4::json, $5::json, $6)`,
      [
        tenantId,
        sourceId,
        next.version,
        next.document === null ? null : JSON.stringify(next.document),
        JSON.stringify(next.changedBy),
        next.changedAt,
      ],
    );
  }
}
