import type { Arrival, Way } from './candidate.domain';
import type { IntakeItem } from './item.domain';

/**
 * One way in, as a replay takes it once more: the item as it was sent, mapped with today's mapping and settings.
 * `arrival` is the one of then (`receivedMs`, `shared`), so that times come out the same; `fallbackId` stands for an
 * identity that the item does not have, the same at every replay. It must leave the item's own identity as it is:
 * whatever was counted before is then not counted again.
 */
export interface WayIn {
  readonly way: Way;
  remap(item: unknown, arrival: Arrival, fallbackId: string): IntakeItem | Promise<IntakeItem>;
}

/** The ways in by their names; each adds itself when its module starts. */
export class WaysIn {
  private readonly ways = new Map<string, WayIn>();

  add(way: WayIn): void {
    this.ways.set(way.way, way);
  }

  /** The named way; what was refused before ways were kept is known by its shape. */
  find(name: string | null, item: unknown): WayIn | undefined {
    const isCloudEvent = typeof item === 'object' && item !== null && 'specversion' in item;
    return this.ways.get(name ?? (isCloudEvent ? 'cloudevents' : 'segment'));
  }
}
