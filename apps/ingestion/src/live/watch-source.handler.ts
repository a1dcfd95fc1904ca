import { Injectable } from '@nestjs/common';
import type { LiveBody } from '@tenure/contracts';
import { Clock, Database, Problem } from '@tenure/platform';

import { fingerprint } from '../intake/accept-items.handler';
import { SourcesReadModel } from '../sources/sources.read-model';
import { LiveReadModel } from './live.read-model';
import { LiveRepository } from './live.repository';
import type { WatchFilter } from './watch-list.domain';
import { WatchesRepository } from './watches.repository';

const standsMs = 60_000;
const keptMs = 10 * 60_000;
/** Each watch costs every process a look at each item of its source. */
const mostWatches = 20;

/** Where watches stand and what was kept for them. */
@Injectable()
export class WatchStores {
  constructor(
    readonly watches: WatchesRepository,
    readonly items: LiveRepository,
    readonly readModel: LiveReadModel,
    readonly sources: SourcesReadModel,
  ) {}
}

/** Who watches, and what they see. */
@Injectable()
export class WatchSourceHandler {
  constructor(
    private readonly database: Database,
    private readonly stores: WatchStores,
    private readonly clock: Clock,
  ) {}

  /** A watch for a minute; the same one again renews it. @throws Problem `not-found`, `limited` */
  async watch(tenantId: string, sourceId: string, subject: string, filter: WatchFilter): Promise<Date> {
    await this.mustExist(tenantId, sourceId);
    const now = this.clock.now();
    const until = new Date(now.getTime() + standsMs);
    const { type, account, user } = filter;
    const watchId = fingerprint(JSON.stringify([tenantId, sourceId, subject, type, account, user]));
    const watch = { ...filter, tenantId, sourceId, untilMs: until.getTime() };
    const stands = await this.database.system((tx) => this.stores.watches.stand(tx, watchId, watch, mostWatches, now));
    if (!stands) throw new Problem('limited', `There are ${mostWatches} watches; they end within a minute.`);
    return until;
  }

  /** @throws Problem `not-found` */
  async newest(tenantId: string, sourceId: string, filter: WatchFilter, limit: number): Promise<LiveBody> {
    await this.mustExist(tenantId, sourceId);
    const minuteAgo = new Date(this.clock.now().getTime() - 60_000);
    return this.database.read([tenantId], async (tx) => ({
      items: await this.stores.readModel.newest(tx, tenantId, sourceId, filter, limit),
      skipped: await this.stores.readModel.skippedSince(tx, tenantId, sourceId, minuteAgo),
    }));
  }

  /** Ten minutes after the last watch nothing is kept any more. */
  async forgetOld(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - keptMs);
    const tenants = await this.database.system((tx) => this.stores.watches.takeOver(tx, before));
    for (const tenantId of tenants) {
      await this.database.write([tenantId], (tx) => this.stores.items.forgetBefore(tx, tenantId, before));
    }
  }

  private async mustExist(tenantId: string, sourceId: string): Promise<void> {
    const source = await this.database.read([tenantId], (tx) => this.stores.sources.byId(tx, tenantId, sourceId));
    if (!source) throw new Problem('not-found', `There is no source ${sourceId}.`);
  }
}
