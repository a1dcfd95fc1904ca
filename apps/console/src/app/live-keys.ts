export interface Change {
  accountId: string;
  what: string[];
}

/** Which lists a kind of change touches; everything below ['account', id] is refreshed in any case. */
const lists: Record<string, string[]> = {
  score: ['today', 'accounts', 'reports'],
  alerts: ['today', 'accounts', 'alerts'],
  profile: ['today', 'accounts', 'renewals'],
  timeline: [],
};

/** The query keys to refresh after a burst of changes, each once. */
export function touchedKeys(changes: readonly Change[]): string[][] {
  const names = new Set<string>();
  const accounts = new Set<string>();
  for (const change of changes) {
    accounts.add(change.accountId);
    for (const what of change.what) for (const list of lists[what] ?? []) names.add(list);
  }
  return [...[...names].map((name) => [name]), ...[...accounts].map((id) => ['account', id])];
}

/** A change from the text of a stream event; null when it is none. */
export function parseChange(text: string): Change | null {
  try {
    const data = JSON.parse(text) as Partial<Change> | null;
    return typeof data?.accountId === 'string' ? { accountId: data.accountId, what: data.what ?? [] } : null;
  } catch {
    return null;
  }
}
