import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';

import { Clock } from '../clock/clock';
import { ServiceConfig } from '../config/service.config';
import { Database } from '../database/database';
import type { Tx } from '../database/tx';
import { Logger } from '../logging/logger';
import { IdFilter } from './id-filter';

/** Large enough that few segments have to be asked, small enough that the open one's index stays in the cache. */
const segmentSize = 5_000_000;
const dayMs = 86_400_000;
/** A service with few events closes a segment now and then all the same, so that old ids can leave. */
const oldestOpenMs = 7 * dayMs;
const windowMs = 35 * dayMs;
const readAtOnce = 50_000;
const deleteAtOnce = 20_000;
const lockKey = 7_303_016;

interface SegmentRow {
  segment: number;
  opened_at: Date;
  closed_at: Date | null;
  ids: string | null;
}

/**
 * Which segments of seen ids there are. A closed segment never gets another id: whoever writes ids holds a lock that
 * closing takes for itself. So its filter, once made, is right for ever, and most ids need no look at its table.
 */
@Injectable()
export class SeenSegments implements OnApplicationBootstrap {
  /** The segment that new ids go into, as far as it is known; 0 before the first look. */
  open = 0;
  private readonly closed = new Map<number, IdFilter | null>();
  private openedAt = 0;
  private written = 0;
  private making: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly config: ServiceConfig,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** The filters are made before they are needed. */
  onApplicationBootstrap(): void {
    this.database.system((tx) => this.refresh(tx)).catch((error: unknown) => this.later(error));
  }

  /** Until the transaction ends, no segment is closed. */
  async hold(tx: Tx): Promise<void> {
    await tx.query('select pg_advisory_xact_lock_shared($1)', [lockKey]);
  }

  /** The closed segments in which this id may stand. */
  mayHave(id: string): readonly number[] {
    if (this.closed.size === 0) return none;
    const found: number[] = [];
    for (const [segment, filter] of this.closed) if (!filter || filter.mayHave(id)) found.push(segment);
    return found.length === 0 ? none : found;
  }

  /** Looks again which segments there are, and has the filters made that are missing. */
  async refresh(tx: Tx): Promise<void> {
    const rows = await tx.query<SegmentRow>(
      'select segment, opened_at, closed_at, ids from system.seen_segments order by segment',
    );
    const open = rows.find((row) => row.closed_at === null);
    if (!open) throw new Error('There is no open segment of seen ids.');
    if (open.segment !== this.open) this.written = await this.countOf(tx, open.segment);
    this.open = open.segment;
    this.openedAt = open.opened_at.getTime();
    const closed = new Set(rows.filter((row) => row.closed_at !== null).map((row) => row.segment));
    for (const segment of this.closed.keys()) if (!closed.has(segment)) this.closed.delete(segment);
    for (const segment of closed) if (!this.closed.has(segment)) this.closed.set(segment, null);
    this.makeFilters();
  }

  /** Told how many ids went into the open segment; closes it once it is full. */
  wrote(count: number): void {
    const before = this.written;
    this.written += count;
    if (before < segmentSize && this.written >= segmentSize)
      void this.close().catch((error: unknown) => this.later(error));
  }

  /** Closes what has been open for long and lets go of what left the window or is beyond the capacity. */
  async tidy(): Promise<void> {
    const now = this.clock.now().getTime();
    if (this.open === 0) await this.database.system((tx) => this.refresh(tx));
    if (this.written > 0 && now - this.openedAt > oldestOpenMs) await this.close();
    const rows = await this.database.system((tx) =>
      tx.query<SegmentRow>(
        `select segment, opened_at, closed_at, ids from system.seen_segments where closed_at is not null order by segment desc`,
      ),
    );
    let kept = this.written;
    for (const row of rows) {
      kept += Number(row.ids ?? 0);
      const old = (row.closed_at?.getTime() ?? now) < now - windowMs;
      if (old || kept > this.config.seenIdsCapacity) await this.forget(row.segment);
    }
  }

  /** The lock is had once nobody is writing ids; whoever waits for it then sees the new segment. */
  private async close(): Promise<void> {
    const segment = this.open;
    await this.database.system(async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1)', [lockKey]);
      const now = this.clock.now();
      const closed = await tx.query(
        'update system.seen_segments set closed_at = $2 where segment = $1 and closed_at is null returning 1',
        [segment, now],
      );
      if (closed.length === 0) return;
      await tx.query('insert into system.seen_segments (segment, opened_at) values ($1, $2)', [segment + 1, now]);
    });
    await this.database.system((tx) => this.refresh(tx));
  }

  private makeFilters(): void {
    const missing = [...this.closed].filter(([, filter]) => filter === null).map(([segment]) => segment);
    for (const segment of missing)
      this.making = this.making.then(() => this.makeFilter(segment)).catch((error: unknown) => this.later(error));
  }

  private later(error: unknown): void {
    this.logger.warn('Seen ids are looked for in the table until their filter can be made', { err: error });
  }

  private async makeFilter(segment: number): Promise<void> {
    if (this.closed.get(segment) !== null) return;
    const stored = await this.database.system((tx) =>
      tx.query<{ filter: Buffer | null }>('select filter from system.seen_segments where segment = $1', [segment]),
    );
    const filter = stored[0]?.filter ? IdFilter.from(stored[0].filter) : await this.build(segment);
    if (this.closed.has(segment)) this.closed.set(segment, filter);
  }

  private async build(segment: number): Promise<IdFilter> {
    const count = await this.database.system((tx) => this.countOf(tx, segment));
    const filter = IdFilter.for(count);
    for (let after: string | null = '00000000-0000-0000-0000-000000000000'; after !== null;)
      after = await this.addAfter(filter, segment, after);
    await this.database.system((tx) =>
      tx.query('update system.seen_segments set filter = $2, ids = $3 where segment = $1', [
        segment,
        filter.bytes,
        count,
      ]),
    );
    return filter;
  }

  /** Adds the next ids of the segment in the order of its index; answers the last of them. */
  private async addAfter(filter: IdFilter, segment: number, after: string): Promise<string | null> {
    const [row] = await this.database.system((tx) =>
      tx.query<{ ids: Buffer | null; last: string | null }>(
        `select string_agg(uuid_send(id), '' order by id) as ids, max(id::text) as last from
           (select id from system.seen_ids where segment = $1 and id >= $2 order by id limit $3) as next`,
        [segment, after, readAtOnce],
      ),
    );
    const bytes = row?.ids?.toString('latin1') ?? '';
    for (let at = 0; at < bytes.length; at += 16) filter.add(bytes.slice(at, at + 16));
    return bytes.length === readAtOnce * 16 ? (row?.last ?? null) : null;
  }

  private async countOf(tx: Tx, segment: number): Promise<number> {
    const rows = await tx.query<{ n: string }>('select count(*) as n from system.seen_ids where segment = $1', [
      segment,
    ]);
    return Number(rows[0]?.n);
  }

  /** First nobody asks it any more, then its rows go, a little at a time. */
  private async forget(segment: number): Promise<void> {
    for (let gone = deleteAtOnce; gone === deleteAtOnce;) gone = await this.deleteSome(segment);
    await this.database.system((tx) => tx.query('delete from system.seen_segments where segment = $1', [segment]));
    this.closed.delete(segment);
  }

  private async deleteSome(segment: number): Promise<number> {
    const rows = await this.database.system((tx) =>
      tx.query<{ n: string }>(
        `with gone as (delete from system.seen_ids where ctid = any(array(
           select ctid from system.seen_ids where segment = $1 limit $2)) returning 1)
         select count(*) as n from gone`,
        [segment, deleteAtOnce],
      ),
    );
    return Number(rows[0]?.n);
  }
}

const none: readonly number[] = [];
