import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

import type { Checkpoint, ImportCounts, ImportState, ReadingPlan } from './import-job.domain';
import type { FileRow, RowIssue } from './row-data.domain';

export interface NewImport {
  readonly importId: string;
  readonly sourceId: string;
  readonly kind: string;
  readonly fileName: string | null;
  readonly dryRun: boolean;
  readonly plan: ReadingPlan;
  readonly startedBy: string;
}

/** A refused row: all that is wrong with it. */
export interface RefusedRow {
  readonly row: FileRow;
  readonly issues: readonly RowIssue[];
}

/** How a job stands after a portion of rows. */
export interface Standing {
  readonly state: ImportState;
  readonly detail: string | null;
  readonly counts: ImportCounts;
  readonly checkpoint: Checkpoint | null;
}

/** Writes import jobs. */
@Injectable()
export class ImportsRepository {
  async start(tx: Tx, tenantId: string, job: NewImport, now: Date): Promise<void> {
    await tx.query(
      `insert into imports (tenant_id, import_id, source_id, kind, file_name, dry_run, plan, state, started_by, started_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, 'running', $8, $9, $9)`,
      [
        tenantId,
        job.importId,
        job.sourceId,
        job.kind,
        job.fileName,
        job.dryRun,
        JSON.stringify(job.plan),
        job.startedBy,
        now,
      ],
    );
  }

  /** Takes a job up again. Answers whether nobody else works on it. */
  async resume(tx: Tx, tenantId: string, importId: string, silentSince: Date, now: Date): Promise<boolean> {
    const rows = await tx.query(
      `update imports set state = 'running', detail = null, ended_at = null, cancel_asked = false, updated_at = $4
       where tenant_id = $1 and import_id = $2
         and (state = 'interrupted' or (state = 'running' and updated_at < $3)) returning 1 as taken`,
      [tenantId, importId, silentSince, now],
    );
    return rows.length > 0;
  }

  /** Writes how far it is; answers whether somebody asked to stop. */
  async standing(tx: Tx, tenantId: string, importId: string, standing: Standing, now: Date): Promise<boolean> {
    const { state, detail, counts, checkpoint } = standing;
    const [row] = await tx.query<{ cancel_asked: boolean }>(
      `update imports set state = $3, detail = $4, rows_read = $5, accepted = $6, held = $7, rejected = $8, bytes = $9,
         checkpoint = $10, updated_at = $11, ended_at = case when $3 = 'running' then null else $11::timestamptz end
       where tenant_id = $1 and import_id = $2 returning cancel_asked`,
      [
        tenantId,
        importId,
        state,
        detail,
        counts.rowsRead,
        counts.accepted,
        counts.held,
        counts.rejected,
        counts.bytes,
        checkpoint && JSON.stringify(checkpoint),
        now,
      ],
    );
    return row?.cancel_asked ?? true;
  }

  /** Says that somebody is still there, and what for. */
  async waiting(tx: Tx, tenantId: string, importId: string, detail: string, now: Date): Promise<void> {
    await tx.query(
      `update imports set detail = $3, updated_at = $4 where tenant_id = $1 and import_id = $2 and state = 'running'`,
      [tenantId, importId, detail, now],
    );
  }

  async addErrors(tx: Tx, tenantId: string, importId: string, refused: readonly RefusedRow[]): Promise<void> {
    const list = refused.flatMap(({ row, issues }) => issues.map((issue, place) => ({ row, issue, place })));
    if (list.length === 0) return;
    await tx.query(
      `insert into import_errors (tenant_id, import_id, row_number, place, column_name, code, detail, cells)
       select $1, $2, n.row_number, n.place, n.column_name, n.code, n.detail, n.cells::jsonb
       from unnest($3::bigint[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[])
         as n(row_number, place, column_name, code, detail, cells)
       on conflict do nothing`,
      [
        tenantId,
        importId,
        list.map(({ row }) => row.row),
        list.map(({ place }) => place),
        list.map(({ issue }) => storable(issue.column)),
        list.map(({ issue }) => issue.code),
        list.map(({ issue }) => storable(issue.detail)),
        list.map(({ row, place }) => JSON.stringify(place === 0 ? row.cells.map(storable) : [])),
      ],
    );
  }

  async askToStop(tx: Tx, tenantId: string, importId: string): Promise<void> {
    await tx.query('update imports set cancel_asked = true where tenant_id = $1 and import_id = $2', [
      tenantId,
      importId,
    ]);
  }

  /** Refused rows hold people's data: they go before the jobs do. */
  async forgetErrorsBefore(tx: Tx, tenantId: string, before: Date): Promise<void> {
    await tx.query(
      `delete from import_errors e using imports i
       where e.tenant_id = $1 and i.tenant_id = $1 and i.import_id = e.import_id and i.started_at < $2`,
      [tenantId, before],
    );
  }
}

/** Postgres keeps no NUL. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD').slice(0, 4000);
