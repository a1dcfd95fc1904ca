import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { Injectable } from '@nestjs/common';
import type { ReceiptBody } from '@tenure/contracts';
import { Clock, Database, databaseFailure, Problem } from '@tenure/platform';

import { IngestionConfig } from '../ingestion.config';
import { AcceptItemsHandler } from '../intake/accept-items.handler';
import { UnusableFile } from './import-columns.domain';
import {
  type Checkpoint,
  type ImportCounts,
  type ImportJob,
  type ImportRequest,
  type ImportState,
  noRows,
} from './import-job.domain';
import type { ImportItem, ImportRows } from './import-rows.domain';
import { ImportStores } from './import-stores.handler';
import type { OpenedFile } from './read-csv.handler';

/** Says why nobody should go on: the process stops, the sender left. */
export interface Interruption {
  readonly signal: AbortSignal;
  readonly why: () => string;
}

/** A file on its way. */
export interface Taking {
  readonly tenantId: string;
  readonly importId: string;
  readonly request: ImportRequest;
  readonly opened: OpenedFile;
  readonly rows: ImportRows;
  /** Up to where it was taken before. */
  readonly checkpoint: Checkpoint | null;
}

/** What ends a file before its end. */
class Ended extends Error {
  constructor(
    readonly state: Exclude<ImportState, 'running' | 'done'>,
    detail: string,
  ) {
    super(detail);
  }
}

const portionItems = 1_000;
const portionBytes = 1_000_000;

/**
 * Takes the rows of a file in portions: accept (Kafka has it) → note how far we are. Nothing is read ahead, so that what
 * cannot be taken yet stays with its sender. A broker or a database that is away is waited for.
 */
@Injectable()
export class TakeRowsHandler {
  constructor(
    private readonly database: Database,
    private readonly intake: AcceptItemsHandler,
    private readonly stores: ImportStores,
    private readonly clock: Clock,
    private readonly config: IngestionConfig,
  ) {}

  async take(taking: Taking, interruption: Interruption): Promise<ImportJob> {
    const { tenantId, importId } = taking;
    const known = await this.jobOf(tenantId, importId);
    const run = new Run(this.portionTaker(taking, interruption), taking, known);
    const ended = await run.read(interruption, this.config).then(
      () => new Ending('done', null),
      (error: unknown) => endingOf(error, interruption),
    );
    await this.patiently(taking, interruption, () => this.note(taking, run, ended.state, ended.detail)).catch(
      () => undefined,
    );
    if (ended.cause !== undefined) throw ended.cause;
    if (ended.state === 'interrupted') throw resumable(importId, ended.detail ?? '');
    return this.jobOf(tenantId, importId);
  }

  private portionTaker(taking: Taking, interruption: Interruption) {
    return async (portion: readonly ImportItem[], run: Run): Promise<void> => {
      const receipts = await this.patiently(taking, interruption, () => this.send(taking, portion));
      run.count(portion, receipts);
      const stop = await this.patiently(taking, interruption, () => this.note(taking, run, 'running', null, portion));
      if (stop) throw new Ended('cancelled', `Cancelled after row ${run.checkpoint?.row ?? 1}.`);
      const most = this.config.importErrorsLimit;
      if (run.counts.rejected > most)
        throw new Ended('failed', `More than ${most} rows are wrong; the rest was not read.`);
    };
  }

  /** Items of one size together, so that their receipt can be counted in rows. */
  private async send(taking: Taking, portion: readonly ImportItem[]): Promise<ReceiptInRows[]> {
    const arrival = { ...taking.opened.plan.arrival, receivedMs: this.clock.now().getTime() };
    const answers: ReceiptInRows[] = [];
    for (const [rows, items] of Map.groupBy(portion, (each) => each.rows.length)) {
      const list = items.map(({ item }) => item);
      const { dryRun } = taking.request;
      const receipt = await (dryRun ? this.intake.weigh(arrival, list) : this.intake.accept(arrival, list));
      answers.push({ rows, receipt });
    }
    return answers;
  }

  private note(
    { tenantId, importId }: Taking,
    run: Run,
    state: ImportState,
    detail: string | null,
    portion: readonly ImportItem[] = [],
  ): Promise<boolean> {
    const refused = portion.flatMap(({ rows, issues }) =>
      rows.map((row) => ({ row, issues: issuesAt(issues, row.row) })),
    );
    return this.database.write([tenantId], async (tx) => {
      await this.stores.repository.addErrors(tx, tenantId, importId, refused);
      const standing = { state, detail, counts: run.counts, checkpoint: run.checkpoint };
      return this.stores.repository.standing(tx, tenantId, importId, standing, this.clock.now());
    });
  }

  /** Waits for what is away, as long as the setting says. */
  private async patiently<T>(taking: Taking, { signal, why }: Interruption, work: () => Promise<T>): Promise<T> {
    const until = performance.now() + this.config.importPatienceSeconds * 1000;
    for (let pause = 250; ; pause = Math.min(pause * 2, 5_000)) {
      try {
        return await work();
      } catch (error) {
        if (!isAway(error)) throw error;
        if (performance.now() > until)
          throw new Ended('interrupted', 'Kafka or the database has been away for too long.');
      }
      await delay(pause, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) throw new Ended('interrupted', why());
      await this.stillHere(taking);
    }
  }

  /** So that nobody takes a job that waits for one that is lost. */
  private async stillHere({ tenantId, importId }: Taking): Promise<void> {
    const now = this.clock.now();
    const beat = this.database.write([tenantId], (tx) =>
      this.stores.repository.waiting(tx, tenantId, importId, 'Waiting for Kafka or the database.', now),
    );
    await beat.catch(() => undefined);
  }

  private async jobOf(tenantId: string, importId: string): Promise<ImportJob> {
    const now = this.clock.now();
    const found = await this.database.read([tenantId], (tx) => this.stores.jobs.byId(tx, tenantId, importId, now));
    if (!found) throw new Problem('not-found', `There is no import ${importId}.`);
    return found.job;
  }
}

interface ReceiptInRows {
  /** Rows that one item has. */
  readonly rows: number;
  readonly receipt: ReceiptBody;
}

class Ending {
  constructor(
    readonly state: ImportState,
    readonly detail: string | null,
    readonly cause?: unknown,
  ) {}
}

/** One reading of a file: portions, counts, and up to where it has been taken. */
class Run {
  counts: ImportCounts;
  checkpoint: Checkpoint | null;
  private readonly hash = createHash('sha256');
  private portion: ImportItem[] = [];
  private portionBytes = 0;

  constructor(
    private readonly takePortion: (portion: readonly ImportItem[], run: Run) => Promise<void>,
    private readonly taking: Taking,
    job: ImportJob,
  ) {
    const { rowsRead, accepted, held, rejected, bytes } = job;
    this.counts = taking.checkpoint ? { rowsRead, accepted, held, rejected, bytes } : noRows;
    this.checkpoint = taking.checkpoint;
  }

  async read({ signal, why }: Interruption, config: IngestionConfig): Promise<void> {
    const { rows, opened } = this.taking;
    for await (const { flaw, ...row } of opened.file.rows) {
      if (row.row > config.importLimitRows)
        throw new Ended('failed', `A file may have ${config.importLimitRows} rows.`);
      for (const item of rows.add(row, flaw)) await this.add(item);
      if (signal.aborted) throw new Ended('interrupted', why());
    }
    for (const item of rows.finish()) await this.add(item);
    await this.flush();
  }

  count(portion: readonly ImportItem[], receipts: readonly ReceiptInRows[]): void {
    let { accepted, held, rejected } = this.counts;
    for (const { rows, receipt } of receipts) {
      accepted += rows * receipt.accepted;
      held += rows * receipt.held;
      rejected += rows * receipt.rejected.length;
    }
    const rowsRead = this.counts.rowsRead + portion.reduce((sum, each) => sum + each.rows.length, 0);
    this.counts = { rowsRead, accepted, held, rejected, bytes: this.counts.bytes + this.portionBytes };
    this.checkpoint = { row: portion.at(-1)?.rows.at(-1)?.row ?? 1, digest: this.hash.copy().digest('base64url') };
  }

  private async add(item: ImportItem): Promise<void> {
    const text = JSON.stringify(item.rows.map(({ cells }) => cells));
    this.hash.update(text);
    if (this.wasTaken(item)) return;
    this.portion.push(item);
    this.portionBytes += text.length;
    if (this.portion.length >= portionItems || this.portionBytes >= portionBytes) await this.flush();
  }

  /** What a reading before this one has taken is only compared. */
  private wasTaken({ rows }: ImportItem): boolean {
    const before = this.taking.checkpoint;
    const last = rows.at(-1)?.row ?? 0;
    if (!before || last > before.row) return false;
    if (last === before.row && this.hash.copy().digest('base64url') !== before.digest) {
      throw new Ended('interrupted', 'This is another file than the one that was begun with: nothing of it was taken.');
    }
    return true;
  }

  private async flush(): Promise<void> {
    if (this.portion.length > 0) await this.takePortion(this.portion, this);
    this.portion = [];
    this.portionBytes = 0;
  }
}

function endingOf(error: unknown, { signal, why }: Interruption): Ending {
  if (error instanceof Ended) return new Ending(error.state, error.message);
  if (error instanceof UnusableFile) return new Ending('failed', error.message);
  if (signal.aborted) return new Ending('interrupted', why());
  return new Ending('interrupted', 'Something went wrong on our side.', error);
}

function issuesAt(issues: ImportItem['issues'], row: number): ImportItem['issues'] {
  if (issues.length === 0) return [];
  const own = issues.filter((issue) => issue.row === row);
  const other = issues[0];
  if (own.length > 0 || !other) return own;
  return [
    { row, column: other.column, code: 'refused-together', detail: `Row ${other.row} of the same contract is wrong.` },
  ];
}

/** Whether a later try may go well. */
function isAway(error: unknown): boolean {
  return error instanceof Problem ? error.disposition === 'retry' : databaseFailure(error) === 'dependency';
}

function resumable(importId: string, detail: string): Problem {
  const way = `Send the same file again with importId=${importId}: it goes on where it was.`;
  return new Problem('unavailable', `${detail} ${way}`, { retryAfter: 10 });
}
