import { apiUrl } from '../../api/client';
import { toProblem } from '../../api/problem';

/** An import as the API tells it. */
export interface ImportJob {
  id: string;
  sourceId: string;
  kind: string;
  fileName: string | null;
  dryRun: boolean;
  state: 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
  detail: string | null;
  rowsRead: number;
  accepted: number;
  held: number;
  rejected: number;
  rate: number;
  startedBy: string;
  startedAt: string;
}

export interface ImportPreview {
  delimiter: string;
  columns: { header: string; field: string | null }[];
  fields: { name: string; type: string; required: boolean }[];
  groups: string[];
  missing: string[];
  rows: {
    row: number;
    cells: string[];
    outcome: 'accepted' | 'held' | 'rejected';
    issues: { column: string; code: string; detail: string }[];
    events: { type: string; time: string; data: object }[];
  }[];
}

/** What is said about a file. */
export interface FileOptions {
  kind: string;
  /** Header → field; `-` leaves the column out. */
  map: Record<string, string>;
  dateFormat: string | null;
  decimal: string | null;
}

export const importKinds: Record<string, string> = {
  accounts: 'Accounts',
  contracts: 'Contracts',
  stakeholders: 'Stakeholders',
  users: 'End users',
  usage: 'Usage history',
  tickets: 'Tickets',
  surveys: 'Survey responses',
  touchpoints: 'Touchpoints',
  invoices: 'Invoices',
};

const previewBytes = 256 * 1024;

function addressOf(sourceId: string, options: FileOptions, end = '', more: Record<string, string> = {}): string {
  const { kind, dateFormat, decimal, map } = options;
  const url = apiUrl(`/sources/${sourceId}/imports${end}`, { kind, dateFormat, decimal, ...more });
  const mapped = Object.entries(map).map(([header, field]) => `&map=${encodeURIComponent(`${header}=${field}`)}`);
  return url + mapped.join('');
}

/** The body is the file itself: the browser streams it from the disk. */
async function send<T>(url: string, body: Blob): Promise<T> {
  const headers = { 'content-type': 'text/csv', 'x-tenure-csrf': '1', accept: 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body, credentials: 'same-origin' }).catch(() => {
    throw toProblem(0, null);
  });
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as T;
  throw toProblem(response.status, text.startsWith('{') ? (JSON.parse(text) as unknown) : null);
}

/** What the first rows become; whole rows of the beginning of the file are enough. */
export async function previewFile(sourceId: string, file: File, options: FileOptions): Promise<ImportPreview> {
  const head = file.size > previewBytes ? await wholeRows(file.slice(0, previewBytes)) : file;
  return send<ImportPreview>(addressOf(sourceId, options, '/preview'), head);
}

async function wholeRows(head: Blob): Promise<Blob> {
  const bytes = new Uint8Array(await head.arrayBuffer());
  return new Blob([bytes.subarray(0, bytes.lastIndexOf(10) + 1)]);
}

/** Sends the whole file; resolves when everything of it has been taken. */
export function importFile(
  sourceId: string,
  file: File,
  options: FileOptions,
  run: { importId: string; dryRun: boolean },
): Promise<ImportJob> {
  const more = { importId: run.importId, dryRun: String(run.dryRun), fileName: file.name.slice(0, 255) };
  return send<ImportJob>(addressOf(sourceId, options, '', more), file);
}
