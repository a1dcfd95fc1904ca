import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

import type { ImportKind } from './import-field.domain';
import {
  type Checkpoint,
  type ImportJob,
  type ImportState,
  lostDetail,
  type ReadingPlan,
  silentMs,
} from './import-job.domain';

interface Row {
  import_id: string;
  source_id: string;
  kind: ImportKind;
  file_name: string | null;
  dry_run: boolean;
  plan: ReadingPlan;
  state: ImportState;
  detail: string | null;
  rows_read: string;
  accepted: string;
  held: string;
  rejected: string;
  bytes: string;
  checkpoint: Checkpoint | null;
  started_by: string;
  started_at: Date;
  updated_at: Date;
  ended_at: Date | null;
}

/** One thing that is wrong with a row. `cells` is empty for the second one and further ones of a row. */
export interface ImportError {
  readonly row: number;
  readonly place: number;
  readonly column: string;
  readonly code: string;
  readonly detail: string;
  readonly cells: readonly string[];
}

/** Where a page of jobs begins: after this one, newest first. */
export interface ImportsPage {
  readonly after: { readonly startedAt: Date; readonly id: string } | undefined;
  readonly limit: number;
}

/** Reads import jobs. */
@Injectable()
export class ImportsReadModel {
  async page(tx: Tx, tenantId: string, now: Date, page: ImportsPage): Promise<ImportJob[]> {
    const rows = await tx.query<Row>(
      `select * from imports where tenant_id = $1
         and ($2::timestamptz is null or started_at < $2 or (started_at = $2 and import_id > $3))
       order by started_at desc, import_id limit $4`,
      [tenantId, page.after?.startedAt ?? null, page.after?.id ?? null, page.limit],
    );
    return rows.map((row) => jobOf(row, now));
  }

  async byId(
    tx: Tx,
    tenantId: string,
    importId: string,
    now: Date,
  ): Promise<{ job: ImportJob; checkpoint: Checkpoint | null } | undefined> {
    const [row] = await tx.query<Row>('select * from imports where tenant_id = $1 and import_id = $2', [
      tenantId,
      importId,
    ]);
    return row && { job: jobOf(row, now), checkpoint: row.checkpoint };
  }

  /** In the order of the file. */
  async errors(
    tx: Tx,
    tenantId: string,
    importId: string,
    after: { readonly row: number; readonly place: number },
    limit: number,
  ): Promise<ImportError[]> {
    const rows = await tx.query<{
      row_number: string;
      place: number;
      column_name: string;
      code: string;
      detail: string;
      cells: string[];
    }>(
      `select row_number, place, column_name, code, detail, cells from import_errors
       where tenant_id = $1 and import_id = $2 and (row_number, place) > ($3, $4)
       order by row_number, place limit $5`,
      [tenantId, importId, after.row, after.place, limit],
    );
    return rows.map(({ row_number, column_name, ...rest }) => ({
      ...rest,
      row: Number(row_number),
      column: column_name,
    }));
  }
}

function jobOf(row: Row, now: Date): ImportJob {
  const lost = row.state === 'running' && now.getTime() - row.updated_at.getTime() > silentMs;
  const seconds = ((row.ended_at ?? row.updated_at).getTime() - row.started_at.getTime()) / 1000;
  return {
    id: row.import_id,
    sourceId: row.source_id,
    kind: row.kind,
    fileName: row.file_name,
    dryRun: row.dry_run,
    plan: row.plan,
    state: lost ? 'interrupted' : row.state,
    detail: lost ? lostDetail : row.detail,
    rowsRead: Number(row.rows_read),
    accepted: Number(row.accepted),
    held: Number(row.held),
    rejected: Number(row.rejected),
    bytes: Number(row.bytes),
    rate: seconds > 0 ? Math.round(Number(row.rows_read) / seconds) : 0,
    startedBy: row.started_by,
    startedAt: row.started_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
  };
}
