/** One row of a list, by column. */
export type Row = Readonly<Record<string, unknown>>;

/** A list as columns of text, as wide as their widest cell; `-` stands for what is not known. */
export function formatTable(columns: readonly string[], rows: readonly Row[]): string {
  const cells = [
    columns.map((column) => column.toUpperCase()),
    ...rows.map((row) => columns.map((column) => cell(row[column]))),
  ];
  const widths = columns.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  return cells
    .map((line) =>
      line
        .map((text, at) => text.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Terminals obey control characters, and these texts come from outside: each becomes a space. */
function cell(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-';
  const text = value instanceof Date ? value.toISOString() : typeof value === 'string' ? value : JSON.stringify(value);
  return withoutControls(text);
}

export function withoutControls(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}
