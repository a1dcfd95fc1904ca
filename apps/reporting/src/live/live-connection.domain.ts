import type { LiveChange } from '@tenure/contracts';

/** Changes of a moment, one per account, so that a burst of events is one line for the browser. */
export class PendingChanges {
  private readonly accounts = new Map<string, Set<LiveChange['what'][number]>>();

  add(accountId: string, what: LiveChange['what']): void {
    const known = this.accounts.get(accountId) ?? new Set();
    for (const each of what) known.add(each);
    this.accounts.set(accountId, known);
  }

  /** What has come since the last time, as the text of server-sent events; empty when nothing has. */
  take(): string {
    const text = [...this.accounts].map(([accountId, what]) => eventText({ accountId, what: [...what] })).join('');
    this.accounts.clear();
    return text;
  }
}

/** One `change` event in the format of server-sent events. JSON has no line breaks, which would end it. */
export function eventText(change: LiveChange): string {
  return `event: change\ndata: ${JSON.stringify(change)}\n\n`;
}
