import { stringify } from 'csv-stringify/sync';

import type { ImportJob } from './import-job.domain';
import type { ImportError } from './imports.read-model';

/** A spreadsheet must not take a cell for a formula. */
const options = { escape_formulas: true, record_delimiter: 'windows', bom: false } as const;

/** The error file of an import as text, a portion at a time: row, column, code, detail, then the row as it was. */
export async function* errorFile(job: ImportJob, portions: AsyncIterable<ImportError[]>): AsyncGenerator<string> {
  yield stringify([['row', 'column', 'code', 'detail', ...job.plan.header]], { ...options, bom: true });
  let cells: readonly string[] = [];
  for await (const portion of portions) {
    const lines = portion.map((each) => {
      if (each.place === 0) cells = each.cells;
      return [String(each.row), each.column, each.code, each.detail, ...cells];
    });
    yield stringify(lines, options);
  }
}
