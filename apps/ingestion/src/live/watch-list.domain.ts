/** What somebody wants to see of a source; what is not said is everything. */
export interface WatchFilter {
  readonly type: string | null;
  readonly account: string | null;
  readonly user: string | null;
}

export interface Watch extends WatchFilter {
  readonly tenantId: string;
  readonly sourceId: string;
  readonly untilMs: number;
}

/** The watches of a source and what may still be kept for them in this second. */
export interface Watched {
  readonly filters: readonly WatchFilter[];
  readonly untilMs: number;
  second: number;
  left: number;
  skipped: number;
}

/** Who watches what, in this process. Without anybody it is an empty map: one look-up a request. */
export class WatchList {
  private bySource: ReadonlyMap<string, Watched> = new Map();

  constructor(private readonly perSecond: number) {}

  /** What is watched of this source now; undefined, for nearly all requests, where nobody does. */
  find(tenantId: string, sourceId: string, nowMs: number): Watched | undefined {
    if (this.bySource.size === 0) return undefined;
    const watched = this.bySource.get(`${tenantId}/${sourceId}`);
    return watched && watched.untilMs > nowMs ? watched : undefined;
  }

  /** Whether one more may be kept in this second; what may not is counted. */
  takes(watched: Watched, nowMs: number): boolean {
    const second = Math.floor(nowMs / 1000);
    if (second !== watched.second) {
      watched.second = second;
      watched.left = this.perSecond;
    }
    if (watched.left <= 0) {
      watched.skipped += 1;
      return false;
    }
    watched.left -= 1;
    return true;
  }

  replace(watches: readonly Watch[]): void {
    const before = this.bySource;
    this.bySource = new Map(
      [...Map.groupBy(watches, (each) => `${each.tenantId}/${each.sourceId}`)].map(([key, own]) => {
        const untilMs = Math.max(...own.map((each) => each.untilMs));
        const { second = 0, left = 0, skipped = 0 } = before.get(key) ?? {};
        return [key, { filters: own, untilMs, second, left, skipped }];
      }),
    );
  }
}
