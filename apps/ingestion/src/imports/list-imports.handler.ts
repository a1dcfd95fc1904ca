import { Injectable } from '@nestjs/common';
import { Clock, Database, Problem } from '@tenure/platform';

import { IngestionConfig } from '../ingestion.config';
import type { ImportJob } from './import-job.domain';
import { ImportStores } from './import-stores.handler';
import type { ImportError, ImportsPage } from './imports.read-model';

const errorsAtOnce = 1_000;
const dayMs = 86_400_000;

/** Reads imports and their refused rows, and asks them to stop. */
@Injectable()
export class ListImportsHandler {
  constructor(
    private readonly database: Database,
    private readonly stores: ImportStores,
    private readonly clock: Clock,
    private readonly config: IngestionConfig,
  ) {}

  list(tenantId: string, page: ImportsPage): Promise<ImportJob[]> {
    return this.database.read([tenantId], (tx) => this.stores.jobs.page(tx, tenantId, this.clock.now(), page));
  }

  /** @throws Problem `not-found` */
  async get(tenantId: string, importId: string): Promise<ImportJob> {
    const now = this.clock.now();
    const found = await this.database.read([tenantId], (tx) => this.stores.jobs.byId(tx, tenantId, importId, now));
    if (!found) throw new Problem('not-found', `There is no import ${importId}.`);
    return found.job;
  }

  /** All refused rows in the order of the file, a portion at a time. */
  async *errors(tenantId: string, importId: string): AsyncGenerator<ImportError[]> {
    let after = { row: 0, place: -1 };
    for (;;) {
      const portion = await this.database.read([tenantId], (tx) =>
        this.stores.jobs.errors(tx, tenantId, importId, after, errorsAtOnce),
      );
      if (portion.length > 0) yield portion;
      const last = portion.at(-1);
      if (!last || portion.length < errorsAtOnce) return;
      after = { row: last.row, place: last.place };
    }
  }

  /** It stops after the portion that it is at. @throws Problem `not-found`, `conflict` */
  async cancel(tenantId: string, importId: string): Promise<ImportJob> {
    const job = await this.get(tenantId, importId);
    if (job.state !== 'running') throw new Problem('conflict', `This import is ${job.state}.`);
    await this.database.write([tenantId], (tx) => this.stores.repository.askToStop(tx, tenantId, importId));
    return this.get(tenantId, importId);
  }

  forgetOld(tenantId: string): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.config.rejectsDays * dayMs);
    return this.database.write([tenantId], (tx) => this.stores.repository.forgetErrorsBefore(tx, tenantId, before));
  }
}
