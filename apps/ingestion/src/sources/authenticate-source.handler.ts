import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, Database, Logger, Notifications, Problem } from '@tenure/platform';

import { IngestionConfig } from '../ingestion.config';
import { KeyCache } from './key-cache.domain';
import type { KeyedSource } from './write-key.domain';
import { WriteKeysReadModel } from './write-keys.read-model';
import { hashOf, keysChannel, WriteKeysRepository } from './write-keys.repository';

const mostKeys = 10_000;
const noteUseMs = 30_000;

/** Where keys are read, written and told of. */
@Injectable()
export class KeyStores {
  constructor(
    readonly readModel: WriteKeysReadModel,
    readonly repository: WriteKeysRepository,
    readonly notifications: Notifications,
  ) {}
}

/** Who may write: key → source, from a cache that forgets within seconds and at a notification. */
@Injectable()
export class AuthenticateSourceHandler implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly cache = new KeyCache(mostKeys);
  private readonly used = new Set<string>();
  private unsubscribe: () => void = () => undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly keys: KeyStores,
    private readonly clock: Clock,
    private readonly config: IngestionConfig,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.unsubscribe = this.keys.notifications.on(keysChannel, () => this.cache.clear());
    this.timer = setInterval(() => void this.noteUse(), noteUseMs);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.unsubscribe();
    clearInterval(this.timer);
    await this.noteUse();
  }

  /** @throws Problem `unauthenticated` for a key that opens nothing, `forbidden` for a source that takes nothing now */
  async authenticate(key: string | undefined): Promise<KeyedSource> {
    const source = key === undefined ? undefined : await this.find(hashOf(key));
    if (!source) throw new Problem('unauthenticated', 'This needs the write key of a source.');
    if (source.state === 'active') return source;
    const why = source.state === 'closed' ? 'its import is closed' : `it is ${source.state}`;
    throw new Problem('forbidden', `This source takes no events: ${why}.`);
  }

  private async find(hash: string): Promise<KeyedSource | undefined> {
    const cached = this.cache.get(hash, performance.now());
    if (cached?.age === 'fresh') return cached.source;
    if (cached?.age === 'stale') void this.look(hash).catch(() => undefined);
    else {
      try {
        return await this.look(hash);
      } catch (error) {
        // Nobody can revoke a key while the database is away, and what was accepted then still is: Kafka is enough.
        if (!cached) throw error;
      }
    }
    return cached.source;
  }

  private async look(hash: string): Promise<KeyedSource | undefined> {
    const now = this.clock.now();
    const source = await this.database.system((tx) => this.keys.readModel.bySecret(tx, hash, now, this.config.demo));
    this.cache.set(hash, source, performance.now());
    if (source) this.used.add(hash);
    return source;
  }

  private async noteUse(): Promise<void> {
    const hashes = [...this.used];
    if (hashes.length === 0) return;
    this.used.clear();
    await this.database
      .system((tx) => this.keys.repository.used(tx, hashes, this.clock.now()))
      .catch((error: unknown) => this.logger.debug('Last use of keys was not noted', { err: error }));
  }
}
