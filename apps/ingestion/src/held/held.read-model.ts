import { Injectable } from '@nestjs/common';
import type { EventHeld, HeldBody } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

import { DirectoryReadModel } from '../directory/directory.read-model';
import { readReferenceKey } from '../intake/reference.domain';
import { cluesOf, suggest } from './suggest-accounts.domain';

interface GroupRow {
  reference: string;
  count: string;
  received_at: Date;
  event: EventHeld;
}

export type HeldGroup = HeldBody['items'][number];

/** What waits, one line per reference, with the accounts it might mean. */
@Injectable()
export class HeldReadModel {
  constructor(private readonly directory: DirectoryReadModel) {}

  /** In the order of the reference, after `after`. */
  async groups(tx: Tx, tenantId: string, after: string, limit: number): Promise<HeldGroup[]> {
    const rows = await tx.query<GroupRow>(
      `select g.reference, g.count, first.received_at, first.event from (
         select reference, count(*) as count from held_events
         where tenant_id = $1 and reference > $2 group by reference order by reference limit $3) g
       cross join lateral (
         select received_at, event from held_events h where h.tenant_id = $1 and h.reference = g.reference
         order by received_at limit 1) first
       order by g.reference`,
      [tenantId, after, limit],
    );
    const clues = rows.map((row) => cluesOf(row.reference, row.event.data));
    const claims = await this.directory.claimsOn(
      tx,
      tenantId,
      clues.flatMap((each) => each.references),
    );
    const named = await this.directory.accountsNamed(
      tx,
      tenantId,
      clues.flatMap((each) => each.names),
    );
    return rows.map((row, at) => ({
      id: row.reference,
      receivedAt: row.received_at.toISOString(),
      type: row.event.type,
      reference: readReferenceKey(row.reference),
      count: Number(row.count),
      suggestions: suggest(clues[at] ?? { references: [], names: [] }, claims, named),
    }));
  }

  /** When the first event that waits for the reference happened; undefined where none waits. */
  async firstTime(tx: Tx, tenantId: string, reference: string): Promise<Date | undefined> {
    const [row] = await tx.query<{ first: Date | null }>(
      `select min((event->>'time')::timestamptz) as first from held_events where tenant_id = $1 and reference = $2`,
      [tenantId, reference],
    );
    return row?.first ?? undefined;
  }
}
