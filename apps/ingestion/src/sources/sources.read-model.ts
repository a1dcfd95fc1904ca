import { Injectable } from '@nestjs/common';
import type { SourceRow, WebhookVendor } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

interface Row {
  source_id: string;
  name: string;
  kind: SourceRow['kind'];
  mode: SourceRow['mode'];
  state: SourceRow['state'];
  created_at: Date;
  closed_at: Date | null;
  prefix: string | null;
  last_used_at: Date | null;
  vendor: WebhookVendor | null;
}

/** A source as its tenant sees it, with when its import was closed. */
export type Source = SourceRow & { readonly closedAt: string | null };

const select = `
  select s.source_id, s.name, s.kind, s.mode, s.state, s.created_at, s.closed_at, k.prefix,
    coalesce(k.last_used_at, r.last_used_at) as last_used_at, s.vendor
  from sources s
  left join lateral (
    select (array_agg(prefix order by created_at desc))[1] as prefix, max(last_used_at) as last_used_at
    from system.write_keys w where w.tenant_id = s.tenant_id and w.source_id = s.source_id) k on true
  left join system.webhook_routes r on r.source_id = s.source_id
  where s.tenant_id = $1`;

/** Reads a tenant's sources with their newest key's prefix. */
@Injectable()
export class SourcesReadModel {
  async list(tx: Tx, tenantId: string): Promise<Source[]> {
    const rows = await tx.query<Row>(`${select} order by s.created_at, s.source_id`, [tenantId]);
    return rows.map(sourceOf);
  }

  async byId(tx: Tx, tenantId: string, sourceId: string): Promise<Source | undefined> {
    const [row] = await tx.query<Row>(`${select} and s.source_id = $2`, [tenantId, sourceId]);
    return row && sourceOf(row);
  }
}

function sourceOf(row: Row): Source {
  return {
    id: row.source_id,
    name: row.name,
    kind: row.kind,
    mode: row.mode,
    state: row.state,
    keyPrefix: row.prefix ?? '',
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    closedAt: row.closed_at?.toISOString() ?? null,
    vendor: row.vendor,
  };
}
