import type { LiveItem } from '@tenure/contracts';

/** 'tenure.usage.recorded.v1' → 'usage.recorded'; what was refused has the type it was sent with. */
export function typeWord(item: Pick<LiveItem, 'type'>): string {
  return (item.type ?? 'no type').replace(/^tenure\.(.+)\.v\d+$/, '$1');
}

/** The name of a usage event, else the id of what it is about. */
export function whatHappened(item: Pick<LiveItem, 'mapped' | 'raw'>): string {
  const [first] = Array.isArray(item.mapped) ? (item.mapped as unknown[]) : [];
  const data = field(first, 'data');
  for (const name of [
    'event',
    'ticketId',
    'stakeholderId',
    'contractId',
    'invoiceId',
    'responseId',
    'touchpointId',
    'name',
  ]) {
    const found = field(data, name) ?? field(item.raw, name);
    if (typeof found === 'string' && found !== '') return found;
  }
  return '–';
}

/** JSON as people read it; text that was cut stays as it is. */
export function pretty(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
