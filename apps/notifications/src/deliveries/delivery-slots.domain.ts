import type { DestinationKind } from '@tenure/contracts';

/** Most attempts under way to one destination, in one process: a slow one keeps only its own waiting. */
export const perDestination = 4;
/** Slack takes about one message a second for a channel. */
const slackPauseMs = 1_000;

interface Use {
  readonly kind: DestinationKind;
  busy: number;
  /** Milliseconds since 1970 before which nothing more may go. */
  notBefore: number;
}

/** What is under way, by destination. */
export class DeliverySlots {
  private readonly uses = new Map<string, Use>();
  private total = 0;

  constructor(private readonly most: number) {}

  get free(): number {
    return this.most - this.total;
  }

  /** @param at milliseconds since 1970 */
  take(destinationId: string, kind: DestinationKind, at: number): void {
    const use = this.uses.get(destinationId) ?? { kind, busy: 0, notBefore: 0 };
    use.busy += 1;
    use.notBefore = kind === 'slack' ? at + slackPauseMs : 0;
    this.total += 1;
    this.uses.set(destinationId, use);
  }

  giveBack(destinationId: string): void {
    const use = this.uses.get(destinationId);
    if (!use) return;
    use.busy -= 1;
    this.total -= 1;
  }

  /** Destinations that may take fewer than others, with how many. */
  capacities(at: number): { destinationId: string; free: number }[] {
    for (const [id, use] of this.uses) if (use.busy === 0 && use.notBefore <= at) this.uses.delete(id);
    return [...this.uses].map(([destinationId, use]) => ({ destinationId, free: freeOf(use, at) }));
  }

  /** Milliseconds until a pause between two messages ends; null: there is none. */
  pause(at: number): number | null {
    const ends = [...this.uses.values()].filter((use) => use.notBefore > at).map((use) => use.notBefore - at);
    return ends.length === 0 ? null : Math.min(...ends);
  }
}

function freeOf({ kind, busy, notBefore }: Use, at: number): number {
  if (notBefore > at) return 0;
  return Math.max(0, (kind === 'slack' ? 1 : perDestination) - busy);
}
