/** An import as the API tells it. */
export interface ImportJob {
  readonly id: string;
  readonly sourceId: string;
  readonly kind: string;
  readonly dryRun: boolean;
  readonly state: 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
  readonly detail: string | null;
  readonly rowsRead: number;
  readonly accepted: number;
  readonly held: number;
  readonly rejected: number;
  readonly rate: number;
}

/** What is asked of a file. */
export interface ImportOptions {
  readonly source?: string;
  readonly dryRun?: boolean;
  readonly map: readonly string[];
  readonly errors?: string;
  readonly knownAtColumn?: string;
  readonly delimiter?: string;
  readonly dateFormat?: string;
  readonly decimal?: string;
  readonly timeZone?: string;
  readonly close?: boolean;
}

const number = (value: number): string => value.toLocaleString('en-US');

/** How far an import is, in one line. */
export function progressLine({ rowsRead, accepted, held, rejected, rate, detail }: ImportJob): string {
  const counts = `${number(accepted)} accepted, ${number(held)} held, ${number(rejected)} rejected`;
  return `${number(rowsRead)} rows: ${counts}, ${number(rate)} rows/s${detail === null ? '' : `. ${detail}`}`;
}

/** The address of an import: everything but the file is in its query. */
export function importPath(
  kind: string,
  sourceId: string,
  importId: string,
  file: string,
  options: ImportOptions,
): string {
  const query = new URLSearchParams({ kind, importId });
  if (file !== '-') query.set('fileName', file.split(/[/\\]/).at(-1) ?? file);
  for (const mapping of mappingsOf(options)) query.append('map', mapping);
  if (options.dryRun) query.set('dryRun', 'true');
  for (const name of ['delimiter', 'dateFormat', 'decimal', 'timeZone'] as const) {
    if (options[name] !== undefined) query.set(name, options[name]);
  }
  return `/api/v1/sources/${encodeURIComponent(sourceId)}/imports?${query.toString()}`;
}

function mappingsOf({ map, knownAtColumn }: ImportOptions): readonly string[] {
  return knownAtColumn === undefined ? map : [...map, `${knownAtColumn}=knownAt`];
}
