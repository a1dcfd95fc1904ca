/** How a bucket stands, as its client is told. */
export interface BucketState {
  /** Events a second. */
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until it is full again. */
  readonly resetSeconds: number;
}

/**
 * A token bucket: it fills by `rate` a second and holds `burst`. Whoever comes while anything is left may come in, and is
 * charged for all of its events afterwards, also into debt: how many a request has is known only once it is read, and
 * what is refused must cost next to nothing.
 */
export class TokenBucket {
  private level: number;
  private atMs: number;

  constructor(
    readonly rate: number,
    private readonly burst: number,
    nowMs: number,
  ) {
    this.level = burst;
    this.atMs = nowMs;
  }

  /** Milliseconds until somebody may come in; 0 = now. */
  waitMs(nowMs: number): number {
    this.fill(nowMs);
    return this.level > 0 ? 0 : Math.ceil(((1 - this.level) / this.rate) * 1_000);
  }

  charge(events: number, nowMs: number): void {
    this.fill(nowMs);
    this.level -= events;
  }

  state(nowMs: number): BucketState {
    this.fill(nowMs);
    return {
      limit: this.rate,
      remaining: Math.max(0, Math.floor(this.level)),
      resetSeconds: Math.ceil((this.burst - this.level) / this.rate),
    };
  }

  private fill(nowMs: number): void {
    this.level = Math.min(this.burst, this.level + ((nowMs - this.atMs) / 1_000) * this.rate);
    this.atMs = nowMs;
  }
}
