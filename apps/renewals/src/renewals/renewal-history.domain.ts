import type { RenewalHistoryItem, RenewalRow } from '@tenure/contracts';
import { sameValue } from './same-value.domain';

/** What one change did, as the history shows it; `at` is the change's own. */
export type HistoryEntry = Omit<RenewalHistoryItem, 'at'>;

/** Only the fields that differ; for a renewal that was opened everything it began with. */
export function historyEntry(
  by: string,
  why: string | null,
  before: RenewalRow | null,
  after: RenewalRow,
): HistoryEntry {
  const names = Object.keys(after) as (keyof RenewalRow)[];
  const changed = names.filter((name) => before === null || !sameValue(before[name], after[name]));
  return { by, why, before: before === null ? {} : pick(before, changed), after: pick(after, changed) };
}

function pick(row: RenewalRow, names: readonly (keyof RenewalRow)[]): Partial<RenewalRow> {
  return Object.fromEntries(names.map((name) => [name, row[name]]));
}
