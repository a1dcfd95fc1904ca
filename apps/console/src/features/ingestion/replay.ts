import type { ReplayBody, ReplayRequest } from '@tenure/contracts';

/** How far a replay is, and what it came to so far. */
export interface Progress {
  accepted: number;
  held: number;
  rejected: ReplayBody['rejected'];
  remaining: number;
}

/** Portion after portion until this run has tried everything. @param send one call @param told after each */
export async function replayAll(
  send: (request: ReplayRequest) => Promise<ReplayBody>,
  wanted: ReplayRequest,
  told: (progress: Progress) => void,
): Promise<Progress> {
  let progress: Progress = { accepted: 0, held: 0, rejected: [], remaining: 0 };
  let since: string | undefined;
  for (;;) {
    const done = await send({ ...wanted, ...(since === undefined ? {} : { since }) });
    progress = {
      accepted: progress.accepted + done.accepted,
      held: progress.held + done.held,
      rejected: [...progress.rejected, ...done.rejected],
      remaining: done.remaining,
    };
    told(progress);
    // Nothing tried and something left: another run has it in its hands.
    if (done.remaining === 0 || done.accepted + done.held + done.rejected.length === 0) return progress;
    since = done.since;
  }
}

/** 'missing-field at /event: …' with how often, the most frequent first. */
export function reasonsOf(rejected: ReplayBody['rejected']): { reason: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { pointer, detail } of rejected) {
    const reason = pointer ? `${detail} (${pointer})` : detail;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}
