import { Injectable } from '@nestjs/common';
import type { LiveItem } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

import type { WatchFilter } from './watch-list.domain';

interface Row {
  item_id: string;
  at: Date;
  way: string | null;
  outcome: LiveItem['outcome'];
  type: string | null;
  account_id: string | null;
  user_id: string | null;
  raw: string;
  mapped: string;
  cut: boolean;
  code: string | null;
  pointer: string | null;
  detail: string | null;
}

/** Reads what was kept for who watches. */
@Injectable()
export class LiveReadModel {
  async newest(tx: Tx, tenantId: string, sourceId: string, filter: WatchFilter, limit: number): Promise<LiveItem[]> {
    const rows = await tx.query<Row>(
      `select item_id, at, way, outcome, type, account_id, user_id, raw, mapped, cut, code, pointer, detail
       from live_items
       where tenant_id = $1 and source_id = $2 and ($3::text is null or position($3 in coalesce(type, '')) > 0)
         and ($4::text is null or account_id = $4) and ($5::text is null or user_id = $5)
       order by at desc, item_id limit $6`,
      [tenantId, sourceId, filter.type, filter.account, filter.user, limit],
    );
    return rows.map(itemOf);
  }

  async skippedSince(tx: Tx, tenantId: string, sourceId: string, since: Date): Promise<number> {
    const [row] = await tx.query<{ n: string | null }>(
      'select sum(skipped) as n from live_items where tenant_id = $1 and source_id = $2 and at > $3',
      [tenantId, sourceId, since],
    );
    return Number(row?.n ?? 0);
  }
}

function itemOf(row: Row): LiveItem {
  const reason = { code: row.code ?? '', pointer: row.pointer ?? '', detail: row.detail ?? '' };
  return {
    id: row.item_id,
    at: row.at.toISOString(),
    way: row.way,
    outcome: row.outcome,
    type: row.type,
    accountId: row.account_id,
    userId: row.user_id,
    raw: parsed(row.raw),
    mapped: parsed(row.mapped),
    cut: row.cut,
    reason: row.code === null ? null : reason,
  };
}

/** What was cut is no JSON any more: it stays text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
