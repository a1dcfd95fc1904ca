import type { LiveItem } from '@tenure/contracts';
import { withoutControls } from '../terminal/table.domain';

/** One item as a line: when, what became of it, what it is, whose; and why, where it is held or refused. */
export function liveLine(item: LiveItem): string {
  const { at, outcome, type, accountId, userId, reason } = item;
  const what = (type ?? '-').replace(/^tenure\.(.+)\.v\d+$/, '$1');
  const name = nameIn(item.mapped) ?? nameIn([{ data: item.raw }]);
  const parts = [at, outcome.padEnd(8), what.padEnd(16), accountId ?? '-', userId ?? '-', ...(name ? [name] : [])];
  const why = reason ? [`${reason.code}${reason.pointer ? ` at ${reason.pointer}` : ''}: ${reason.detail}`] : [];
  return withoutControls([...parts, ...why].join('  '));
}

/** The items that the list before did not have, oldest first. Both lists are newest first. */
export function unseen(items: readonly LiveItem[], before: ReadonlySet<string>): LiveItem[] {
  return items.filter((item) => !before.has(item.id)).reverse();
}

/** The name of a usage event. */
function nameIn(mapped: unknown): string | undefined {
  const [first] = Array.isArray(mapped) ? (mapped as unknown[]) : [];
  const data = (first as { data?: unknown } | undefined)?.data;
  const event = typeof data === 'object' && data !== null ? (data as { event?: unknown }).event : undefined;
  return typeof event === 'string' ? event : undefined;
}
