import { Readable } from 'node:stream';

import { type Options, parse, type Parser } from 'csv-parse';

import { delimiterOf, refuseOtherFormats } from './file-format.domain';
import { type ImportColumn, UnusableFile } from './import-columns.domain';
import type { ImportPlan } from './import-rows.domain';
import type { FileRow, RowIssue } from './row-data.domain';

/** A row as it is read; `flaw`: how it is written keeps it from being read. */
export interface WrittenRow extends FileRow {
  readonly flaw?: RowIssue;
}

/** A file whose rows can be taken one after the other; the header has been read. */
export interface CsvFile {
  readonly delimiter: string;
  readonly header: readonly string[];
  readonly rows: AsyncGenerator<WrittenRow>;
}

/** A file that has been opened and understood. */
export interface OpenedFile {
  readonly file: CsvFile;
  readonly columns: readonly ImportColumn[];
  readonly plan: ImportPlan;
}

const longestRow = 512 * 1024;
const headBytes = 64 * 1024;

/**
 * Reads a file as it comes, never more of it than a few rows. Throws UnusableFile for what is no CSV in UTF-8, also
 * while rows are taken.
 * @param chunks it is not closed here: what is left of it stays to be read
 */
export async function openCsv(chunks: AsyncIterator<Buffer>, stated?: string): Promise<CsvFile> {
  const { head, rest } = await headOf(chunks);
  refuseOtherFormats(head);
  const delimiter = stated ?? delimiterOf(head.toString('utf8'));
  const rows = rowsOf(decoded(head, rest), delimiter);
  const first = await rows.next();
  if (first.done === true) throw new UnusableFile('empty-file', 'The file is empty.');
  if (first.value.flaw)
    throw new UnusableFile(first.value.flaw.code, `The header cannot be read: ${first.value.flaw.detail}`);
  return { delimiter, header: first.value.cells, rows };
}

interface Begun {
  readonly head: Buffer;
  readonly rest: AsyncIterator<Buffer>;
}

/** Enough to see the first line, if it is not longer than any header is. */
async function headOf(chunks: AsyncIterator<Buffer>): Promise<Begun> {
  const parts: Buffer[] = [];
  for (let bytes = 0; bytes < headBytes;) {
    const { done, value } = await chunks.next();
    if (done === true) break;
    parts.push(value);
    bytes += value.length;
    if (value.includes(10) || value.includes(13)) break;
  }
  return { head: Buffer.concat(parts), rest: chunks };
}

async function* decoded(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    yield decoder.decode(head, { stream: true });
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield decoder.decode(next.value, { stream: true });
    }
    yield decoder.decode();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    throw new UnusableFile('wrong-encoding', 'The file is not UTF-8. In a spreadsheet: save as “CSV UTF-8”.');
  }
}

async function* rowsOf(texts: AsyncGenerator<string>, delimiter: string): AsyncGenerator<WrittenRow> {
  // Rows that cannot be read overtake those that wait in the parser: they are put back into their place.
  const flawed: WrittenRow[] = [];
  const parser = parserOf(delimiter, flawed);
  const source = Readable.from(texts, { objectMode: true, highWaterMark: 1 });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const row of parser as AsyncIterable<WrittenRow>) {
      while (flawed[0] && flawed[0].row < row.row) yield flawed.shift() as WrittenRow;
      if (row.cells.length > 1 || row.cells[0]?.trim() !== '') yield row;
    }
    yield* flawed;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

function parserOf(delimiter: string, flawed: WrittenRow[]): Parser {
  let row = 0;
  let flawedLine = -1;
  const options: Options<WrittenRow, string[]> = {
    delimiter,
    relax_column_count: true,
    max_record_size: longestRow,
    skip_records_with_error: true,
    on_record: (cells: string[]): WrittenRow => ({ row: (row += 1), cells }),
    on_skip: (error) => {
      // A row with several stray quotes is told of more than once.
      if (Number(error?.['lines']) === flawedLine) return undefined;
      flawedLine = Number(error?.['lines']);
      row += 1;
      if (error?.code === 'CSV_MAX_RECORD_SIZE' || error?.code === 'CSV_QUOTE_NOT_CLOSED') {
        throw new UnusableFile('open-quote', `Row ${row} does not end: a quote that is opened there is not closed.`);
      }
      flawed.push({ row, cells: [], flaw: strayQuote(Number(error?.['column'] ?? 0)) });
      return undefined;
    },
  };
  // The types know rows that are not lists only with columns.
  return parse(options as object as Options);
}

function strayQuote(index: number): RowIssue {
  const detail = 'A quote stands inside a cell: write the cell in quotes and the quote twice.';
  return { column: `column ${index + 1}`, code: 'stray-quote', detail };
}
