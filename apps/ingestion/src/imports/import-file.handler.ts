import { createHash, randomUUID } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { type CallerIdentity, Clock, Database, Problem } from '@tenure/platform';

import { IngestionConfig } from '../ingestion.config';
import type { Arrival } from '../intake/candidate.domain';
import type { Source } from '../sources/sources.read-model';
import { mapColumns, missingFields, readMapping, UnusableFile } from './import-columns.domain';
import { type Checkpoint, type ImportJob, type ImportRequest, silentMs } from './import-job.domain';
import { type ImportPlan, ImportRows } from './import-rows.domain';
import { shapeOf } from './import-shapes.domain';
import { ImportStores } from './import-stores.handler';
import { type OpenedFile, openCsv } from './read-csv.handler';
import { canonicalText } from './row-events.domain';
import { Occurrences } from './row-identity.domain';
import { type Interruption, TakeRowsHandler } from './take-rows.handler';

/** 64 hexadecimal digits of a text's SHA-256. */
export const hexDigest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Takes a file in as it streams: open → map columns → job → rows. */
@Injectable()
export class ImportFileHandler {
  private running = 0;

  constructor(
    private readonly database: Database,
    private readonly stores: ImportStores,
    private readonly taker: TakeRowsHandler,
    private readonly clock: Clock,
    private readonly config: IngestionConfig,
  ) {}

  /**
   * Resolves when the file has been taken, or has ended otherwise: the job says how. @throws Problem `not-found`,
   * `conflict`, `invalid` before anything was taken; `unavailable` when it was interrupted and can go on
   */
  async import(
    caller: CallerIdentity,
    request: ImportRequest,
    chunks: AsyncIterator<Buffer>,
    interrupted: Interruption,
  ): Promise<ImportJob> {
    if (this.running >= this.config.importsAtOnce) {
      throw new Problem('limited', 'Other imports are running. Please try again when one is done.', { retryAfter: 15 });
    }
    this.running += 1;
    try {
      const opened = await this.open(caller.tenant, request, chunks);
      refuseMissing(opened);
      const { importId, checkpoint } = await this.begin(caller, request, opened);
      const rows = new ImportRows(opened.plan, new Occurrences(), new Occurrences());
      return await this.taker.take(
        { tenantId: caller.tenant, importId, request, opened, rows, checkpoint },
        interrupted,
      );
    } finally {
      this.running -= 1;
    }
  }

  /** @throws Problem `not-found`, `conflict`, `invalid` */
  async open(tenantId: string, request: ImportRequest, chunks: AsyncIterator<Buffer>): Promise<OpenedFile> {
    const source = await this.sourceOf(tenantId, request.sourceId);
    try {
      const shape = shapeOf(request.kind);
      const mapping = readMapping(request.mapping);
      const file = await openCsv(chunks, request.delimiter);
      const columns = mapColumns(shape, file.header, mapping);
      const { style } = request;
      const plan: ImportPlan = {
        shape,
        columns,
        style,
        arrival: this.arrivalOf(tenantId, source),
        eventLimitBytes: this.config.eventLimitBytes,
        digest: hexDigest,
      };
      return { file, columns, plan };
    } catch (error) {
      if (!(error instanceof UnusableFile)) throw error;
      throw new Problem('invalid', error.message, {
        errors: [{ pointer: '', code: error.code, detail: error.message }],
      });
    }
  }

  private arrivalOf(tenantId: string, source: Source): Arrival {
    const receivedMs = this.clock.now().getTime();
    return { tenantId, sourceId: source.id, importing: source.mode === 'import', receivedMs, way: 'csv' };
  }

  /** @throws Problem `not-found`, `conflict` */
  async sourceOf(tenantId: string, sourceId: string): Promise<Source> {
    const source = await this.database.read([tenantId], (tx) => this.stores.sources.byId(tx, tenantId, sourceId));
    if (!source) throw new Problem('not-found', `There is no source ${sourceId}.`);
    if (source.mode !== 'import' && source.kind !== 'csv') {
      throw new Problem('conflict', 'Files go into a source of mode import, or of kind csv. Make one for them.');
    }
    if (source.state !== 'active') throw new Problem('conflict', `The source is ${source.state}: make a new one.`);
    return source;
  }

  private async begin(
    caller: CallerIdentity,
    request: ImportRequest,
    { file, columns }: OpenedFile,
  ): Promise<{ importId: string; checkpoint: Checkpoint | null }> {
    const { tenant } = caller;
    const now = this.clock.now();
    const importId = request.importId ?? randomUUID();
    const mapping = Object.fromEntries(columns.flatMap(({ header, field }) => (field ? [[header, field.name]] : [])));
    const plan = { ...request.style, delimiter: file.delimiter, header: file.header, mapping };
    return this.database.write([tenant], async (tx) => {
      const known = await this.stores.jobs.byId(tx, tenant, importId, now);
      if (!known) {
        const { sourceId, kind, fileName, dryRun } = request;
        const startedBy = caller.email ?? caller.name;
        await this.stores.repository.start(
          tx,
          tenant,
          { importId, sourceId, kind, fileName, dryRun, plan, startedBy },
          now,
        );
        return { importId, checkpoint: null };
      }
      refuseOther(known.job, request, plan);
      const taken = await this.stores.repository.resume(tx, tenant, importId, new Date(now.getTime() - silentMs), now);
      if (!taken)
        throw new Problem('conflict', `This import is ${known.job.state}: only an interrupted one can go on.`);
      return { importId, checkpoint: known.checkpoint };
    });
  }
}

function refuseMissing({ plan, columns, file }: OpenedFile): void {
  const missing = missingFields(plan.shape, columns);
  if (missing.length === 0) return;
  const there = file.header.map((header) => `"${header.trim()}"`).join(', ');
  const detail = `No column is mapped to ${missing.join(', ')}. The columns are ${there}. Map one with Column=${missing[0] ?? ''}.`;
  throw new Problem('invalid', detail, {
    errors: missing.map((name) => ({
      pointer: `/${name}`,
      code: 'missing-column',
      detail: `No column is mapped to ${name}.`,
    })),
  });
}

/** What goes on must be the same file, read in the same way: ids are made of what was read. */
function refuseOther(job: ImportJob, request: ImportRequest, plan: ImportJob['plan']): void {
  const same =
    job.sourceId === request.sourceId &&
    job.kind === request.kind &&
    job.dryRun === request.dryRun &&
    canonicalText(job.plan) === canonicalText(plan);
  if (!same) throw new Problem('conflict', 'This import was begun with another file, mapping or format.');
}
