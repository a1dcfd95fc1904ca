import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { topics } from '@tenure/contracts';
import { Clock, Database, Logger, Notifications } from '@tenure/platform';

import { IngestionConfig } from '../ingestion.config';
import { type Arrival, isRefusal } from '../intake/candidate.domain';
import type { IntakeItem } from '../intake/item.domain';
import { Observers } from '../intake/observers.domain';
import type { EncodedRecord } from '../intake/record.domain';
import type { Settled } from '../intake/settle-items.domain';
import { glanceAt, type KeptItem, keptItem, wanted } from './live-item.domain';
import { LiveRepository } from './live.repository';
import { type Watched, WatchList } from './watch-list.domain';
import { watchesChannel, WatchesRepository } from './watches.repository';

const writeAfterMs = 300;
/** Of each source; each is at most 16 KB. */
const mostItems = 300;

/** What the capture is told by and writes to. */
@Injectable()
export class LiveStores {
  constructor(
    readonly items: LiveRepository,
    readonly watches: WatchesRepository,
    readonly notifications: Notifications,
    readonly observers: Observers,
  ) {}
}

interface Buffered {
  readonly tenantId: string;
  readonly sourceId: string;
  readonly watched: Watched;
  readonly items: KeptItem[];
}

/**
 * Keeps items of a watched source: in every process, as far as somebody wants them and the seconds' share goes. Where nobody
 * watches it costs a request one comparison.
 */
@Injectable()
export class CaptureItemsHandler implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly list: WatchList;
  private buffered = new Map<string, Buffered>();
  private timer: NodeJS.Timeout | undefined;
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly database: Database,
    private readonly stores: LiveStores,
    private readonly clock: Clock,
    private readonly logger: Logger,
    config: IngestionConfig,
  ) {
    this.list = new WatchList(config.liveItemsPerSecond);
    stores.observers.add((arrival, items, settled) => this.observe(arrival, items, settled));
  }

  onApplicationBootstrap(): void {
    this.unsubscribe = this.stores.notifications.on(watchesChannel, () => void this.reload());
  }

  async onApplicationShutdown(): Promise<void> {
    this.unsubscribe();
    clearTimeout(this.timer);
    await this.write();
  }

  /** Reads who watches what. It is called at every notification and after each reconnect. */
  private async reload(): Promise<void> {
    try {
      this.list.replace(await this.database.system((tx) => this.stores.watches.standing(tx, this.clock.now())));
    } catch (error) {
      this.logger.debug('Watches could not be read', { err: error });
    }
  }

  private observe(arrival: Arrival, items: readonly IntakeItem[], settled: Settled): void {
    const watched = this.list.find(arrival.tenantId, arrival.sourceId, arrival.receivedMs);
    if (!watched) return;
    const kept: KeptItem[] = [];
    let at = 0;
    for (const item of items) {
      const length = isRefusal(item.outcome) ? 1 : item.outcome.events.length;
      const records = settled.records.slice(at, at + length);
      at += length;
      if (!wanted(watched.filters, glanceAt(item, accountIn(arrival, records)))) continue;
      if (this.list.takes(watched, arrival.receivedMs)) kept.push(keptItem(arrival, item, records));
    }
    if (kept.length > 0) this.buffer(arrival, watched, kept);
  }

  private buffer({ tenantId, sourceId }: Arrival, watched: Watched, kept: readonly KeptItem[]): void {
    const key = `${tenantId}/${sourceId}`;
    const own = this.buffered.get(key) ?? { tenantId, sourceId, watched, items: [] };
    own.items.push(...kept);
    this.buffered.set(key, own);
    this.timer ??= setTimeout(() => void this.write(), writeAfterMs).unref();
  }

  private async write(): Promise<void> {
    this.timer = undefined;
    const list = [...this.buffered.values()];
    this.buffered = new Map();
    for (const { tenantId, sourceId, watched, items } of list) {
      const { skipped } = watched;
      watched.skipped = 0;
      try {
        await this.database.write([tenantId], (tx) =>
          this.stores.items.keep(tx, tenantId, sourceId, items, { skipped, most: mostItems }),
        );
      } catch (error) {
        this.logger.debug('Live items are lost', { err: error });
      }
    }
  }
}

/** The account stands in the key of the first record, unless that one is held. */
function accountIn({ tenantId }: Arrival, [first]: readonly EncodedRecord[]): string | null {
  return first === undefined || first.topic.name === topics.heldEvents.name
    ? null
    : first.key.slice(tenantId.length + 1);
}
