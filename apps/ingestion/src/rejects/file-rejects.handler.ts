import { Injectable } from '@nestjs/common';
import type { Envelope, EventRejected } from '@tenure/contracts';
import { type BatchContext, Clock, Database } from '@tenure/platform';

import { IngestionConfig } from '../ingestion.config';
import { RejectsRepository } from './rejects.repository';

const dayMs = 86_400_000;

/** Keeps refused items for their time. */
@Injectable()
export class FileRejectsHandler {
  constructor(
    private readonly repository: RejectsRepository,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly config: IngestionConfig,
  ) {}

  async file({ tx }: BatchContext, batch: readonly Envelope<EventRejected>[]): Promise<void> {
    for (const [tenantId, events] of Map.groupBy(batch, (event) => event.tenantid)) {
      await this.repository.file(
        tx,
        tenantId,
        events.map((event) => event.data),
      );
    }
  }

  forgetOld(tenantId: string): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.config.rejectsDays * dayMs);
    return this.database.write([tenantId], (tx) => this.repository.forgetBefore(tx, tenantId, before));
  }
}
