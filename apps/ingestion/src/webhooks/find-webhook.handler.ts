import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock, Database, Notifications, type Tx } from '@tenure/platform';

import { within } from '../directory/find-accounts.handler';
import { MappingsReadModel } from '../mappings/mappings.read-model';
import { KeyCache } from '../sources/key-cache.domain';
import { keysChannel } from '../sources/write-keys.repository';
import { SecretSeal } from './secret-seal.guard';
import { ownerOf, type WebhookSource } from './webhook-source.domain';
import { WebhooksReadModel } from './webhooks.read-model';
import { webhooksChannel } from './webhooks.repository';

const mostSources = 5_000;
/** No vendor waits long for an answer. */
const patienceMs = 2_000;

/** Where webhooks are read and opened. */
@Injectable()
export class WebhookStores {
  constructor(
    readonly webhooks: WebhooksReadModel,
    readonly mappings: MappingsReadModel,
    readonly seal: SecretSeal,
  ) {}
}

/** What an address belongs to, with secrets and mapping, from a cache that forgets within seconds and when it is told. */
@Injectable()
export class FindWebhookHandler implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly cache = new KeyCache<WebhookSource>(mostSources);
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly database: Database,
    private readonly stores: WebhookStores,
    private readonly notifications: Notifications,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    for (const channel of [webhooksChannel, keysChannel])
      this.stops.push(this.notifications.on(channel, () => this.forget()));
  }

  onApplicationShutdown(): void {
    for (const stop of this.stops) stop();
  }

  /** This process knows of a change at once, without waiting to be told. */
  forget(): void {
    this.cache.clear();
  }

  async find(sourceId: string): Promise<WebhookSource | undefined> {
    const cached = this.cache.get(sourceId, performance.now());
    if (cached?.age === 'fresh') return cached.source;
    if (!cached) return this.look(sourceId);
    try {
      return await within(patienceMs, this.look(sourceId));
    } catch {
      // With the database away nobody can change it either, and Kafka is enough for what is accepted meanwhile.
      return cached.source;
    }
  }

  private async look(sourceId: string): Promise<WebhookSource | undefined> {
    const tenantId = await this.database.system((tx) => this.stores.webhooks.tenantOf(tx, sourceId));
    const source =
      tenantId === undefined
        ? undefined
        : await this.database.read([tenantId], (tx) => this.read(tx, tenantId, sourceId));
    this.cache.set(sourceId, source, performance.now());
    return source;
  }

  private async read(tx: Tx, tenantId: string, sourceId: string): Promise<WebhookSource | undefined> {
    const facts = await this.stores.webhooks.facts(tx, tenantId, sourceId);
    if (!facts) return undefined;
    const sealed = await this.stores.webhooks.secrets(tx, tenantId, sourceId, this.clock.now());
    const { mapping } = await this.stores.mappings.current(tx, tenantId, sourceId, facts.vendor);
    const secrets = sealed.flatMap((each) => {
      const text = this.stores.seal.open(each.sealed, ownerOf(tenantId, sourceId));
      return text === undefined ? [] : [{ text, expiresMs: each.expiresAt?.getTime() ?? null }];
    });
    return { tenantId, sourceId, ...facts, secrets, mapping };
  }
}
