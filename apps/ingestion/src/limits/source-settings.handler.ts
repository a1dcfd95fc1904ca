import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database, Logger, Notifications, Problem, type Tx } from '@tenure/platform';

import { KeyCache } from '../sources/key-cache.domain';
import { SourcesReadModel } from '../sources/sources.read-model';
import { keysChannel } from '../sources/write-keys.repository';
import { noSettings, type SourceSettings } from './source-settings.domain';
import { SourceSettingsReadModel } from './source-settings.read-model';
import { SourceSettingsRepository } from './source-settings.repository';

const mostSources = 10_000;

interface Owned {
  readonly tenantId: string;
  readonly sourceId: string;
  readonly accountProperty?: string | undefined;
}

/** Where settings and the sources they are about stand. */
@Injectable()
export class SettingsStores {
  constructor(
    readonly repository: SourceSettingsRepository,
    readonly readModel: SourceSettingsReadModel,
    readonly sources: SourcesReadModel,
  ) {}
}

/** What is set for a source: changed by its admin, known in every process within five seconds. */
@Injectable()
export class SourceSettingsHandler implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly cache = new KeyCache<SourceSettings>(mostSources);
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly database: Database,
    private readonly stores: SettingsStores,
    private readonly notifications: Notifications,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.unsubscribe = this.notifications.on(keysChannel, () => this.cache.clear());
  }

  onApplicationShutdown(): void {
    this.unsubscribe();
  }

  read(tenantId: string, sourceId: string): Promise<SourceSettings> {
    return this.database.read([tenantId], async (tx) => {
      await this.mustExist(tx, tenantId, sourceId);
      return this.stores.readModel.bySource(tx, tenantId, sourceId);
    });
  }

  change(tenantId: string, sourceId: string, wanted: Partial<SourceSettings>): Promise<SourceSettings> {
    return this.database.write([tenantId], async (tx) => {
      await this.mustExist(tx, tenantId, sourceId);
      const settings = { ...(await this.stores.readModel.bySource(tx, tenantId, sourceId)), ...wanted };
      await this.stores.repository.put(tx, tenantId, sourceId, settings);
      return settings;
    });
  }

  /** For the way of every request: from memory for seconds; the last known ones, or none, while the database is away. */
  async ofRequest(tenantId: string, sourceId: string): Promise<SourceSettings> {
    const key = `${tenantId}/${sourceId}`;
    const cached = this.cache.get(key, performance.now());
    if (cached?.age === 'fresh') return cached.source ?? noSettings;
    const looked = this.look(key, tenantId, sourceId);
    return cached?.age === 'stale' ? (cached.source ?? noSettings) : ((await looked) ?? cached?.source ?? noSettings);
  }

  /** An arrival of then with what is set today. */
  async applied<T extends Owned>(arrival: T): Promise<T> {
    const { accountProperty } = await this.ofRequest(arrival.tenantId, arrival.sourceId);
    return { ...arrival, accountProperty: accountProperty ?? undefined };
  }

  private async mustExist(tx: Tx, tenantId: string, sourceId: string): Promise<void> {
    const source = await this.stores.sources.byId(tx, tenantId, sourceId);
    if (!source) throw new Problem('not-found', `There is no source ${sourceId}.`);
  }

  private async look(key: string, tenantId: string, sourceId: string): Promise<SourceSettings | undefined> {
    try {
      const found = await this.database.read([tenantId], (tx) =>
        this.stores.readModel.bySource(tx, tenantId, sourceId),
      );
      this.cache.set(key, found, performance.now());
      return found;
    } catch (error) {
      this.logger.debug('Settings of a source cannot be read', { err: error });
      return undefined;
    }
  }
}
