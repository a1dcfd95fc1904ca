import { Injectable } from '@nestjs/common';
import { Problem } from '@tenure/platform';

import { IngestionConfig } from '../ingestion.config';
import type { SourceSettings } from './source-settings.domain';
import { type BucketState, TokenBucket } from './token-bucket.domain';

/** Whose events are counted. */
export interface Sender {
  readonly tenantId: string;
  readonly sourceId: string;
}

/** Seconds' worth that may come at once. */
const burstSeconds = 2;
const mostBuckets = 20_000;

/**
 * How much of each source and of each tenant this process takes. Processes do not talk about it: each has its share,
 * the limit divided by INGESTION_PROCESSES, which is right where a balancer spreads a sender's requests evenly.
 */
@Injectable()
export class LimitIntakeHandler {
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(private readonly config: IngestionConfig) {}

  /** The tightest bucket of this sender, or undefined where nothing limits it. @throws Problem `limited`, told for how long */
  admit(sender: Sender, settings: SourceSettings): BucketState | undefined {
    const now = performance.now();
    const buckets = this.bucketsOf(sender, settings, now);
    if (buckets.length === 0) return undefined;
    const waitMs = Math.max(...buckets.map((bucket) => bucket.waitMs(now)));
    const [tightest] = buckets.map((bucket) => bucket.state(now)).sort((a, b) => a.remaining - b.remaining);
    if (waitMs === 0) return tightest;
    throw new LimitedProblem(tightest, waitMs / 1_000);
  }

  charge(sender: Sender, settings: SourceSettings, events: number): void {
    const now = performance.now();
    for (const bucket of this.bucketsOf(sender, settings, now)) bucket.charge(events, now);
  }

  private bucketsOf({ tenantId, sourceId }: Sender, settings: SourceSettings, now: number): TokenBucket[] {
    const { tenantEventsPerSecond, sourceEventsPerSecond } = this.config;
    const own = settings.eventsPerSecond ?? sourceEventsPerSecond;
    const found: TokenBucket[] = [];
    if (own > 0) found.push(this.bucket(`${tenantId}/${sourceId}`, own, now));
    if (tenantEventsPerSecond > 0) found.push(this.bucket(tenantId, tenantEventsPerSecond, now));
    return found;
  }

  private bucket(name: string, limit: number, now: number): TokenBucket {
    const rate = limit / this.config.ingestionProcesses;
    const known = this.buckets.get(name);
    if (known?.rate === rate) return known;
    const fresh = new TokenBucket(rate, rate * burstSeconds, now);
    this.buckets.delete(name);
    this.buckets.set(name, fresh);
    if (this.buckets.size > mostBuckets) this.buckets.delete(this.buckets.keys().next().value ?? '');
    return fresh;
  }
}

/** 429, with how the bucket stands. */
export class LimitedProblem extends Problem {
  constructor(
    readonly bucket: BucketState | undefined,
    retryAfter: number,
  ) {
    super('limited', `More than ${bucket?.limit ?? 0} events a second.`, { retryAfter });
  }
}
