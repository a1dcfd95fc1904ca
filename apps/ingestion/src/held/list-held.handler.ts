import { Injectable } from '@nestjs/common';
import { Database } from '@tenure/platform';

import { type HeldGroup, HeldReadModel } from './held.read-model';

/** Reads what waits. */
@Injectable()
export class ListHeldHandler {
  constructor(
    private readonly database: Database,
    private readonly waiting: HeldReadModel,
  ) {}

  list(tenantId: string, after: string, limit: number): Promise<HeldGroup[]> {
    return this.database.read([tenantId], (tx) => this.waiting.groups(tx, tenantId, after, limit));
  }
}
