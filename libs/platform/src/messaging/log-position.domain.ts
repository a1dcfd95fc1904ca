import type { Fence } from './fence.repository';

/** First offset kept and the offset that the next record will get. */
export interface LogBounds {
  readonly low: bigint;
  readonly high: bigint;
}

/** Why a partition is not read on. Both need a person: `tenure fence reset` says "read it again, and rely on dedupe". */
export type StopReason = 'log-replaced' | 'log-lost';

/** Where to read from; `verify` is the record before the fence, which must be the one that was applied last. */
export type Start =
  | { readonly kind: 'read'; readonly from: bigint; readonly verify: Fence['last']; readonly next: bigint }
  | { readonly kind: 'stop'; readonly reason: StopReason; readonly detail: string };

/** Decides from the fence and the log's bounds where a newly assigned partition starts, or that it must not. */
export function startOf(fence: Fence, log: LogBounds): Start {
  const { next, last } = fence;
  if (next === null) return { kind: 'read', from: log.low, verify: null, next: log.low };
  if (next > log.high) {
    return {
      kind: 'stop',
      reason: 'log-replaced',
      detail: `The log ends at ${log.high}, before ${next} where we stand.`,
    };
  }
  if (next < log.low) {
    return { kind: 'stop', reason: 'log-lost', detail: `The log starts at ${log.low}, after ${next} where we stand.` };
  }
  const before = next - 1n;
  if (last === null || before < log.low) return { kind: 'read', from: next, verify: null, next };
  return { kind: 'read', from: before, verify: last, next };
}
