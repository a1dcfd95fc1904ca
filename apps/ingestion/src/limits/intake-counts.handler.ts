import { Injectable } from '@nestjs/common';
import { meter } from '@tenure/platform';

import { Observers } from '../intake/observers.domain';
import type { Settled } from '../intake/settle-items.domain';

/** How something came in, and to what kind of source. */
type Came = { readonly way?: string; readonly kind?: string };
type Labels = Readonly<Record<string, string>>;

/** Sums by their labels; adding costs a look-up, and the labels are hashed only when somebody reads. */
class Sums {
  private readonly sums = new Map<string, { readonly labels: Labels; value: number }>();

  add(key: string, labels: () => Labels, value: number): void {
    const known = this.sums.get(key);
    if (known) known.value += value;
    else this.sums.set(key, { labels: labels(), value });
  }

  observed(name: string, unit: string, description: string): void {
    meter()
      .createObservableCounter(name, { unit, description })
      .addCallback((result) => {
        for (const { labels, value } of this.sums.values()) result.observe(value, labels);
      });
  }
}

/** What comes in, by way in, kind of source and outcome; never by tenant or account, whose number has no bound. */
@Injectable()
export class IntakeCounts {
  private readonly items = new Sums();
  private readonly received = new Sums();
  private readonly refusals = new Sums();

  constructor(observers: Observers) {
    observers.add((arrival, _items, settled) => this.settled(arrival, settled));
    this.items.observed('tenure.intake.events', '{event}', 'Items of requests by what became of them.');
    this.received.observed('tenure.intake.bytes', 'By', 'Bodies of requests with a valid key, as they were sent.');
    this.refusals.observed('tenure.intake.refused', '{request}', 'Requests with a valid key that were sent away.');
  }

  bytes({ way = 'unknown', kind = 'unknown' }: Came, bytes: number): void {
    this.received.add(`${way} ${kind}`, () => ({ 'tenure.way': way, 'tenure.source.kind': kind }), bytes);
  }

  /** limited: 429; unavailable: 503. */
  refused({ way = 'unknown', kind = 'unknown' }: Came, reason: 'limited' | 'unavailable'): void {
    const labels = () => ({ 'tenure.way': way, 'tenure.source.kind': kind, 'tenure.reason': reason });
    this.refusals.add(`${way} ${kind} ${reason}`, labels, 1);
  }

  private settled({ way = 'unknown', kind = 'unknown' }: Came, { receipt }: Settled): void {
    const counts = { accepted: receipt.accepted, held: receipt.held, rejected: receipt.rejected.length };
    for (const [outcome, count] of Object.entries(counts)) {
      if (count === 0) continue;
      const labels = () => ({ 'tenure.way': way, 'tenure.source.kind': kind, 'tenure.outcome': outcome });
      this.items.add(`${way} ${kind} ${outcome}`, labels, count);
    }
  }
}
