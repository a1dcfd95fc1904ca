import type { Arrival } from './candidate.domain';
import type { IntakeItem } from './item.domain';
import type { Settled } from './settle-items.domain';

/**
 * Told of every request once Kafka has all of it. It runs on the way of a request: it must not wait, may keep nothing of
 * the items themselves, and costs at most a look-up where it has nothing to do.
 */
export type Observer = (arrival: Arrival, items: readonly IntakeItem[], settled: Settled) => void;

/** Who counts, learns and watches what comes in. What goes wrong there never reaches the client. */
export class Observers {
  private readonly list: Observer[] = [];

  add(observer: Observer): void {
    this.list.push(observer);
  }

  tell(arrival: Arrival, items: readonly IntakeItem[], settled: Settled): void {
    for (const observe of this.list) {
      try {
        observe(arrival, items, settled);
      } catch {
        // Counting is not what the client waits for.
      }
    }
  }
}
