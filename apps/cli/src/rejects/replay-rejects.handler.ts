import type { ReplayBody, ReplayRequest } from '@tenure/contracts';
import type { ApiClient } from '../api/api.client';

/** What a replay came to. */
export type Replayed = Pick<ReplayBody, 'accepted' | 'held' | 'rejected'>;

/** Portion after portion, until this run has tried everything. @param told how many are left after each */
export async function replayRejects(
  api: ApiClient,
  path: string,
  wanted: ReplayRequest,
  told: (remaining: number) => void,
): Promise<Replayed> {
  const total: Replayed = { accepted: 0, held: 0, rejected: [] };
  let since: string | undefined;
  for (;;) {
    const done = await api.post<ReplayBody>(path, { ...wanted, ...(since === undefined ? {} : { since }) });
    total.accepted += done.accepted;
    total.held += done.held;
    total.rejected.push(...done.rejected);
    // Nothing tried and something left: another run has it in its hands.
    if (done.remaining === 0 || done.accepted + done.held + done.rejected.length === 0) return total;
    told(done.remaining);
    since = done.since;
  }
}
