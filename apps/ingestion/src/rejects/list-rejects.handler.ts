import { Injectable } from '@nestjs/common';
import type { RejectsBody } from '@tenure/contracts';
import { Database, Problem } from '@tenure/platform';

import { SourcesReadModel } from '../sources/sources.read-model';
import { type RejectsPage, RejectsReadModel } from './rejects.read-model';

/** Reads a source's refused items and how many there are of each kind. */
@Injectable()
export class ListRejectsHandler {
  constructor(
    private readonly database: Database,
    private readonly rejects: RejectsReadModel,
    private readonly sources: SourcesReadModel,
  ) {}

  /** @throws Problem `not-found` */
  list(tenantId: string, sourceId: string, page: RejectsPage): Promise<RejectsBody> {
    return this.database.read([tenantId], async (tx) => {
      const source = await this.sources.byId(tx, tenantId, sourceId);
      if (!source) throw new Problem('not-found', `There is no source ${sourceId}.`);
      const items = await this.rejects.page(tx, tenantId, sourceId, page);
      return { items, groups: await this.rejects.groups(tx, tenantId, sourceId) };
    });
  }
}
