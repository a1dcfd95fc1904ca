import { Injectable } from '@nestjs/common';

import { AcceptItemsHandler } from '../intake/accept-items.handler';
import { isRefusal } from '../intake/candidate.domain';
import { missingFields } from './import-columns.domain';
import { ImportFileHandler } from './import-file.handler';
import type { ImportRequest } from './import-job.domain';
import { type ImportItem, ImportRows } from './import-rows.domain';
import { Occurrences } from './row-identity.domain';

/** What a file would become. */
export interface ImportPreview {
  readonly delimiter: string;
  readonly columns: readonly { readonly header: string; readonly field: string | null }[];
  /** All that a column can be mapped to; `group.` stands for any name in that group. */
  readonly fields: readonly { readonly name: string; readonly type: string; readonly required: boolean }[];
  readonly groups: readonly string[];
  /** Fields that must have a column and have none. */
  readonly missing: readonly string[];
  readonly rows: readonly PreviewedRow[];
}

export interface PreviewedRow {
  readonly row: number;
  readonly cells: readonly string[];
  readonly outcome: 'accepted' | 'held' | 'rejected';
  readonly issues: readonly { readonly column: string; readonly code: string; readonly detail: string }[];
  readonly events: readonly { readonly type: string; readonly time: string; readonly data: object }[];
}

const shownRows = 20;

/** Reads the first rows of a file and says what they would become. Nothing is taken. */
@Injectable()
export class PreviewFileHandler {
  constructor(
    private readonly files: ImportFileHandler,
    private readonly intake: AcceptItemsHandler,
  ) {}

  /** @throws Problem `not-found`, `conflict`, `invalid` */
  async preview(tenantId: string, request: ImportRequest, chunks: AsyncIterator<Buffer>): Promise<ImportPreview> {
    const { file, columns, plan } = await this.files.open(tenantId, request, chunks);
    const missing = missingFields(plan.shape, columns);
    const reader = new ImportRows(plan, new Occurrences(), new Occurrences());
    const items: ImportItem[] = [];
    let left = shownRows;
    for await (const { flaw, ...row } of file.rows) {
      items.push(...reader.add(row, flaw));
      if (--left === 0) break;
    }
    items.push(...reader.finish());
    const rows = await Promise.all(items.map((item) => this.shown(item, plan.arrival)));
    return {
      delimiter: file.delimiter,
      columns: columns.map(({ header, field }) => ({ header, field: field?.name ?? null })),
      fields: plan.shape.fields.map(({ name, type, required = false }) => ({ name, type, required })),
      groups: plan.shape.groups,
      missing,
      rows: rows.flat(),
    };
  }

  private async shown({ rows, item, issues }: ImportItem, arrival: Parameters<AcceptItemsHandler['weigh']>[0]) {
    const { held } = await this.intake.weigh(arrival, [item]);
    const refused = isRefusal(item.outcome);
    const events = isRefusal(item.outcome)
      ? []
      : item.outcome.events.map(({ definition, timeMs, data, accountId }) => ({
          type: definition.type,
          time: new Date(timeMs).toISOString(),
          data: accountId === undefined ? data : { ...data, accountId },
        }));
    return rows.map((row, at): PreviewedRow => ({
      ...row,
      outcome: refused ? 'rejected' : held > 0 ? 'held' : 'accepted',
      issues: issues.filter((issue) => issue.row === row.row),
      events: at === 0 ? events : [],
    }));
  }
}
