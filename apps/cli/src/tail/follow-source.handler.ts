import type { LiveBody, LiveItem, WatchBody, WatchRequest } from '@tenure/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../api/api.client';
import { unseen } from './live-line.domain';

const lookEveryMs = 1_000;
/** A watch stands for a minute. */
const renewEveryMs = 30_000;
const most = 300;

export interface Following {
  readonly filter: WatchRequest;
  /** How long; undefined: until somebody ends it. */
  readonly forMs: number | undefined;
  onItem(sourceId: string, item: LiveItem): void;
  onSkipped(sourceId: string, count: number): void;
}

/** Watches sources and hands over every item once, each source’s oldest first. */
export async function followSources(api: ApiClient, sourceIds: readonly string[], following: Following): Promise<void> {
  const began = Date.now();
  const seen = new Map<string, ReadonlySet<string>>();
  let watchedAt = -Infinity;
  for (;;) {
    if (Date.now() - watchedAt >= renewEveryMs) {
      for (const id of sourceIds) await api.post<WatchBody>(`${pathOf(id)}/watch`, following.filter);
      watchedAt = Date.now();
    }
    for (const id of sourceIds) seen.set(id, await look(api, id, seen.get(id), following));
    if (following.forMs !== undefined && Date.now() - began >= following.forMs) return;
    await sleep(lookEveryMs);
  }
}

async function look(
  api: ApiClient,
  id: string,
  before: ReadonlySet<string> | undefined,
  following: Following,
): Promise<ReadonlySet<string>> {
  const query = new URLSearchParams({ ...following.filter, limit: String(most) });
  const { items, skipped } = await api.get<LiveBody>(`${pathOf(id)}/live?${query.toString()}`);
  const fresh = unseen(items, before ?? new Set());
  for (const item of fresh) following.onItem(id, item);
  if (fresh.length > 0 && skipped > 0) following.onSkipped(id, skipped);
  return new Set(items.map((item) => item.id));
}

const pathOf = (id: string): string => `/api/v1/sources/${encodeURIComponent(id)}`;
