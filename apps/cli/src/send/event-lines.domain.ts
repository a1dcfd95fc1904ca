/** One line of an NDJSON file. `line` counts from 1. */
export type EventLine =
  { readonly line: number; readonly event: object } | { readonly line: number; readonly fault: string };

/** Reads one line; undefined for an empty one. An event without an id is refused here: sent twice, it would count twice. */
export function readLine(text: string, line: number): EventLine | undefined {
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { line, fault: 'is not JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { line, fault: 'is not an event' };
  const id = 'id' in value ? value.id : undefined;
  if (typeof id !== 'string' || id === '') return { line, fault: 'has no id' };
  return { line, event: 'specversion' in value ? value : { specversion: '1.0', ...value } };
}

/** What ingestion answers to a batch. */
export interface Receipt {
  readonly accepted: number;
  readonly held: number;
  readonly rejected: readonly {
    readonly index: number;
    readonly code: string;
    readonly pointer?: string;
    readonly detail: string;
  }[];
}

export interface Rejection {
  readonly line: number;
  readonly code: string;
  readonly pointer: string | null;
  readonly detail: string;
}

/** What became of a file. accepted + held + rejected = events. */
export interface Tally {
  readonly events: number;
  readonly accepted: number;
  readonly held: number;
  readonly rejected: readonly Rejection[];
}

export const nothingSent: Tally = { events: 0, accepted: 0, held: 0, rejected: [] };

export function withReceipt(tally: Tally, lines: readonly number[], receipt: Receipt): Tally {
  const rejected = receipt.rejected.map(({ index, code, pointer, detail }) => ({
    line: lines[index] ?? 0,
    code,
    pointer: pointer ?? null,
    detail,
  }));
  return {
    events: tally.events + lines.length,
    accepted: tally.accepted + receipt.accepted,
    held: tally.held + receipt.held,
    rejected: [...tally.rejected, ...rejected],
  };
}

export function withFault(tally: Tally, { line, fault }: { line: number; fault: string }): Tally {
  const rejection = { line, code: 'unreadable', pointer: null, detail: `The line ${fault}.` };
  return { ...tally, events: tally.events + 1, rejected: [...tally.rejected, rejection] };
}

/** Milliseconds to wait so that `sent` events since the start keep to `rate` a second. */
export function pauseFor(sent: number, elapsedMs: number, rate: number | undefined): number {
  return rate === undefined ? 0 : Math.max(0, (sent / rate) * 1000 - elapsedMs);
}
