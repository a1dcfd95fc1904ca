import { Injectable } from '@nestjs/common';
import type { ErasureApplied, ErasureKind } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

import { erasingServices, type LogCopy, logCopies } from './erasure.domain';

interface Row {
  erasure_id: string;
  kind: ErasureKind;
  account: string | null;
  identifiers: number;
  reason: string | null;
  requested_by: string;
  requested_at: Date;
  reports: { service: string; tables: ErasureApplied['tables']; appliedAt: string }[] | null;
}

/** What one service did. */
export interface ServiceErasure {
  readonly service: string;
  readonly state: 'waiting' | 'done';
  readonly rows: number;
  readonly tables: ErasureApplied['tables'];
  readonly appliedAt: string | null;
}

/** An erasure as its tenant sees it. */
export interface Erasure {
  readonly id: string;
  readonly kind: ErasureKind;
  readonly accountId: string | null;
  /** How many identifiers of the person are looked for; they themselves are kept nowhere. */
  readonly identifiers: number;
  readonly reason: string | null;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly state: 'running' | 'done';
  readonly services: readonly ServiceErasure[];
  readonly logs: readonly LogCopy[];
}

export interface ErasuresPage {
  readonly after: { readonly requestedAt: Date; readonly id: string } | undefined;
  readonly limit: number;
}

const select = `
  select e.*, (
    select jsonb_agg(jsonb_build_object('service', r.service, 'tables', r.tables, 'appliedAt', r.applied_at))
    from erasure_reports r where r.tenant_id = e.tenant_id and r.erasure_id = e.erasure_id) as reports
  from erasures e where e.tenant_id = $1`;

/** Reads erasures with what each service reported. */
@Injectable()
export class ErasuresReadModel {
  async page(tx: Tx, tenantId: string, { after, limit }: ErasuresPage): Promise<Erasure[]> {
    const rows = await tx.query<Row>(
      `${select} and ($2::timestamptz is null or e.requested_at < $2 or (e.requested_at = $2 and e.erasure_id > $3))
       order by e.requested_at desc, e.erasure_id limit $4`,
      [tenantId, after?.requestedAt ?? null, after?.id ?? null, limit],
    );
    return rows.map(erasureOf);
  }

  async byId(tx: Tx, tenantId: string, erasureId: string): Promise<Erasure | undefined> {
    const [row] = await tx.query<Row>(`${select} and e.erasure_id = $2`, [tenantId, erasureId]);
    return row && erasureOf(row);
  }
}

function erasureOf(row: Row): Erasure {
  const services = erasingServices.map((service): ServiceErasure => {
    const report = row.reports?.find((each) => each.service === service);
    if (!report) return { service, state: 'waiting', rows: 0, tables: [], appliedAt: null };
    const rows = report.tables.reduce((sum, each) => sum + each.rows, 0);
    return { service, state: 'done', rows, tables: report.tables, appliedAt: new Date(report.appliedAt).toISOString() };
  });
  return {
    id: row.erasure_id,
    kind: row.kind,
    accountId: row.account,
    identifiers: row.identifiers,
    reason: row.reason,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at.toISOString(),
    state: services.every(({ state }) => state === 'done') ? 'done' : 'running',
    services,
    logs: logCopies(row.requested_at),
  };
}
