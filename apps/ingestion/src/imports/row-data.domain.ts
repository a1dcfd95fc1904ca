import type { CellContent, CellStyle, ImportShape } from './import-field.domain';
import type { ImportColumn } from './import-columns.domain';
import { readCell } from './read-cell.domain';

/** A row of the file; `row` counts from 1, the header's, as a spreadsheet shows it. */
export interface FileRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/** What is wrong with a row. `column` is its header; the field's name where the file has no such column. */
export interface RowIssue {
  readonly column: string;
  readonly code: string;
  readonly detail: string;
}

/** The values of a row by the names of their fields, a group's as `group.key`; empty cells are left out. */
export type RowValues = ReadonlyMap<string, CellContent>;

/** Reads the cells of a row; every cell that cannot be read is an issue. */
export function readRow(
  shape: ImportShape,
  columns: readonly ImportColumn[],
  { cells }: FileRow,
  style: CellStyle,
): { readonly values: RowValues; readonly issues: readonly RowIssue[] } {
  const values = new Map<string, CellContent>();
  const issues: RowIssue[] = [];
  if (cells.length > columns.length) issues.push(tooMany(columns, cells));
  for (const { index, header, field } of columns) {
    const cell = cells[index]?.trim() ?? '';
    if (!field || cell === '') continue;
    const read = readCell(field, cell, style);
    if ('value' in read) values.set(field.name, read.value);
    else issues.push({ column: header, code: read.code, detail: `${header} ${read.detail}` });
  }
  const unread = new Set(issues.map((issue) => issue.column));
  for (const field of shape.fields) {
    if (!field.required || values.has(field.name)) continue;
    const column = headerOf(columns, field.name);
    if (!unread.has(column)) issues.push({ column, code: 'missing-field', detail: `${column} must not be empty.` });
  }
  return { values, issues };
}

/** The header of the column that holds a field; the field's own name where no column does. */
export function headerOf(columns: readonly ImportColumn[], fieldName: string): string {
  return columns.find(({ field }) => field?.name === fieldName)?.header ?? fieldName;
}

function tooMany(columns: readonly ImportColumn[], cells: readonly string[]): RowIssue {
  const detail = `The row has ${cells.length} cells, the header has ${columns.length}: a delimiter inside a cell needs quotes.`;
  return { column: columns.at(-1)?.header ?? '', code: 'too-many-cells', detail };
}
