import { Injectable } from '@nestjs/common';

import { ServiceConfig } from '../config/service.config';
import { int4s, uuids } from '../database/binary-array';
import type { Tx } from '../database/tx';
import { Logger } from '../logging/logger';
import type { EventRecord } from './record';
import { SeenSegments } from './seen-segments';

/** What is new in a batch, and how many records repeated an identity with another body. */
export interface Fresh {
  readonly records: readonly EventRecord[];
  readonly duplicates: number;
  readonly conflicts: number;
}

/** The table `system.seen_ids`: every event identity applied inside the window. Effects happen once because of it. */
@Injectable()
export class SeenIdsRepository {
  private readonly off: boolean;

  constructor(
    private readonly segments: SeenSegments,
    config: ServiceConfig,
    logger: Logger,
  ) {
    this.off = config.unsafeNoDedupe;
    if (this.off) logger.error('TENURE_UNSAFE_NO_DEDUPE is on: duplicates are applied, and counts are wrong');
  }

  /** Marks the records as seen and answers those that were not, in their order; the first of a repeated identity wins. */
  async claim(tx: Tx, records: readonly EventRecord[]): Promise<Fresh> {
    if (this.off || records.length === 0) return { records, duplicates: 0, conflicts: 0 };
    // Sent with the first statement of the marking, which comes after it and so sees the segment that is open then.
    const held = this.segments.hold(tx);
    const first = new Map<string, EventRecord>();
    let conflicts = 0;
    for (const record of records) {
      const earlier = first.get(record.identity);
      if (!earlier) first.set(record.identity, record);
      else if (earlier.body !== record.body) conflicts += 1;
    }
    const [repeated] = await Promise.all([this.mark(tx, first), held]);
    for (const [identity, body] of repeated) if (first.get(identity)?.body !== body) conflicts += 1;
    const once = first.size === records.length ? records : [...first.values()];
    const kept = repeated.size === 0 ? once : once.filter((record) => !repeated.has(record.identity));
    return { records: kept, duplicates: records.length - kept.length, conflicts };
  }

  /** Writes what is new into the open segment. Answers those that were seen before, with the body they were seen with. */
  private async mark(tx: Tx, first: ReadonlyMap<string, EventRecord>): Promise<Map<string, number>> {
    for (;;) {
      const repeated = await this.inClosed(tx, first);
      const fresh = inOrder(
        repeated.size === 0 ? [...first.values()] : [...first.values()].filter((each) => !repeated.has(each.identity)),
      );
      const found = await this.insert(tx, fresh);
      if (found) {
        for (const [identity, body] of found) repeated.set(identity, body);
        this.segments.wrote(fresh.length - found.size);
        return repeated;
      }
      await this.segments.refresh(tx);
    }
  }

  /** Those of them that stand in a closed segment. */
  private async inClosed(tx: Tx, first: ReadonlyMap<string, EventRecord>): Promise<Map<string, number>> {
    const ids: string[] = [];
    const segments: number[] = [];
    for (const identity of first.keys())
      for (const segment of this.segments.mayHave(identity)) {
        ids.push(identity);
        segments.push(segment);
      }
    if (ids.length === 0) return new Map();
    return seenOf(
      await tx.query<SeenRow>(
        `select s.id, s.body from unnest($1::int4[], $2::uuid[]) as k(segment, id) join system.seen_ids s using (segment, id)`,
        [int4s(segments), uuids(ids)],
      ),
    );
  }

  /** Undefined: another segment is open by now, and nothing was written. */
  private async insert(tx: Tx, fresh: readonly EventRecord[]): Promise<Map<string, number> | undefined> {
    // Almost all are new, so the database names the few that are not.
    const [row] = await tx.query<{ open: number; repeated: string[] }>(
      `with open as (select segment from system.seen_segments where closed_at is null),
         given as (select * from unnest($2::uuid[], $3::int4[]) as g(id, body)),
         inserted as (insert into system.seen_ids (segment, id, body)
           select open.segment, given.id, given.body from given, open where open.segment = $1
           on conflict (segment, id) do nothing returning id)
       select (select segment from open) as open, array(select id from given except all select id from inserted)::text[] as repeated`,
      [this.segments.open, uuids(fresh.map((record) => record.identity)), int4s(fresh.map((record) => record.body))],
    );
    if (row?.open !== this.segments.open) return undefined;
    if (row.repeated.length === 0) return new Map();
    const rows = await tx.query<SeenRow>(
      'select id, body from system.seen_ids where segment = $1 and id = any($2::uuid[])',
      [this.segments.open, row.repeated],
    );
    return seenOf(rows);
  }
}

interface SeenRow {
  id: string;
  body: number;
}

function seenOf(rows: readonly SeenRow[]): Map<string, number> {
  return new Map(rows.map(({ id, body }) => [Buffer.from(id.replaceAll('-', ''), 'hex').toString('latin1'), body]));
}

/** In the order of the key, so that two transactions with the same ids wait for each other instead of deadlocking. */
function inOrder(records: EventRecord[]): readonly EventRecord[] {
  // The first five bytes and the place in the list are one number: numbers are sorted without calling back.
  const keys = new Float64Array(records.length);
  for (const [place, { identity }] of records.entries()) {
    let prefix = 0;
    for (let at = 0; at < 4; at += 1) prefix = prefix * 256 + identity.charCodeAt(at);
    keys[place] = prefix * places + place;
  }
  if (records.length > places) throw new Error(`At most ${places} records can be marked at once.`);
  return [...keys.sort()].flatMap((key) => records[key % places] ?? []);
}

const places = 2 ** 20;
