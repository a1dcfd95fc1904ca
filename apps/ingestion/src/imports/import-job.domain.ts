import type { CellStyle, ImportKind } from './import-field.domain';

export type ImportState = 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

/** How a file is read. Kept with the job: to go on with it, it must be the same. */
export interface ReadingPlan extends CellStyle {
  readonly delimiter: string;
  readonly header: readonly string[];
  /** Header → field. */
  readonly mapping: Readonly<Record<string, string>>;
}

/** Rows, counted. accepted + held + rejected = the rows that have been decided. */
export interface ImportCounts {
  readonly rowsRead: number;
  readonly accepted: number;
  readonly held: number;
  readonly rejected: number;
  readonly bytes: number;
}

export const noRows: ImportCounts = { rowsRead: 0, accepted: 0, held: 0, rejected: 0, bytes: 0 };

/** Up to where a file has been taken, and a digest of everything up to there. */
export interface Checkpoint {
  readonly row: number;
  readonly digest: string;
}

/** A file's way in, as its tenant sees it. */
export interface ImportJob extends ImportCounts {
  readonly id: string;
  readonly sourceId: string;
  readonly kind: ImportKind;
  readonly fileName: string | null;
  readonly dryRun: boolean;
  readonly plan: ReadingPlan;
  readonly state: ImportState;
  /** Why it is not done, in a sentence. */
  readonly detail: string | null;
  /** Rows a second, since the start. */
  readonly rate: number;
  readonly startedBy: string;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly endedAt: string | null;
}

/** What a job that nobody works on any more is told as: its process ended without a word. */
export const silentMs = 60_000;

export const lostDetail =
  'The process that read this file ended. Send the same file again with this import’s id: it goes on where it was.';

/** What a caller says about a file. */
export interface ImportRequest {
  readonly sourceId: string;
  readonly kind: ImportKind;
  readonly dryRun: boolean;
  readonly fileName: string | null;
  /** To go on with an import that was interrupted; or the id that a new one shall have. */
  readonly importId: string | undefined;
  /** `Column=field` */
  readonly mapping: readonly string[];
  readonly delimiter: string | undefined;
  readonly style: CellStyle;
}
