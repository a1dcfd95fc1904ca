import { useSyncExternalStore } from 'react';

/**
 * Alerts that this person has just acted on. The lists are read models that follow a moment later; until they do, a row must
 * not come back under the cursor. An entry is forgotten when it is undone, or once the lists have surely followed.
 */
const FOLLOWED_MS = 20_000;
let done: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

function change(next: ReadonlySet<string>): void {
  done = next;
  for (const listener of listeners) listener();
}

export function markDone(alertIds: readonly string[]): void {
  change(new Set([...done, ...alertIds]));
  setTimeout(() => unmarkDone(alertIds), FOLLOWED_MS);
}

export function unmarkDone(alertIds: readonly string[]): void {
  change(new Set([...done].filter((id) => !alertIds.includes(id))));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useDoneAlerts(): ReadonlySet<string> {
  return useSyncExternalStore(subscribe, () => done);
}
