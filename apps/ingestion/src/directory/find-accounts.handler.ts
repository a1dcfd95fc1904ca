import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database, Logger, Notifications, type Tx } from '@tenure/platform';

import { IngestionConfig } from '../ingestion.config';
import type { ReferenceKey } from '../intake/reference.domain';
import { DirectoryCache } from './directory-cache.domain';
import { DirectoryReadModel } from './directory.read-model';
import type { Stay } from './membership.domain';

const channel = 'tenure_directory';
const longestPayload = 7_000;
/** An answer to a client may not wait longer for Postgres; what is unresolved by then is held and resolved later. */
const patienceMs = 400;
const breakMs = 1_000;

/** Finds where references lead: from a short cache, else in one query for the whole batch. */
@Injectable()
export class FindAccountsHandler implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly cache: DirectoryCache;
  private unsubscribe: () => void = () => undefined;
  private restUntil = 0;

  constructor(
    private readonly database: Database,
    private readonly directory: DirectoryReadModel,
    private readonly notifications: Notifications,
    private readonly logger: Logger,
    config: IngestionConfig,
  ) {
    this.cache = new DirectoryCache(config.directoryCacheMs, config.directoryCacheSize);
  }

  onApplicationBootstrap(): void {
    this.unsubscribe = this.notifications.on(channel, (payload) => this.heard(payload));
  }

  onApplicationShutdown(): void {
    this.unsubscribe();
  }

  /**
   * Where the references lead: nowhere is an empty list. Never throws: with the database away, what the cache does not
   * know is not in the answer.
   */
  async find(tenantId: string, keys: ReadonlySet<ReferenceKey>): Promise<ReadonlyMap<ReferenceKey, readonly Stay[]>> {
    const found = new Map<ReferenceKey, readonly Stay[]>();
    const asked: ReferenceKey[] = [];
    const now = performance.now();
    for (const key of keys) {
      const stays = this.cache.get(tenantId, key, now);
      if (stays) found.set(key, stays);
      else asked.push(key);
    }
    if (asked.length === 0 || now < this.restUntil) return found;
    for (const [key, stays] of await this.ask(tenantId, asked)) found.set(key, stays);
    return found;
  }

  /** Call it inside the transaction that changed where these lead; other processes hear of it with the commit. */
  async announce(tx: Tx, tenantId: string, keys: readonly ReferenceKey[]): Promise<void> {
    const payload = `${tenantId} ${JSON.stringify(keys)}`;
    const told = Buffer.byteLength(payload) <= longestPayload ? payload : '';
    await tx.query(`select pg_notify('${channel}', $1)`, [told]);
  }

  /** Call it after the commit: this process must know at once. */
  forget(tenantId: string, keys: readonly ReferenceKey[]): void {
    this.cache.forget(tenantId, keys);
  }

  private async ask(tenantId: string, keys: ReferenceKey[]): Promise<ReadonlyMap<ReferenceKey, readonly Stay[]>> {
    const mark = this.cache.mark;
    try {
      const read = this.database.read([tenantId], (tx) => this.directory.find(tx, tenantId, keys));
      const found = await within(patienceMs, read);
      const now = performance.now();
      const answers = new Map(keys.map((key) => [key, found.get(key) ?? []]));
      for (const [key, stays] of answers) this.cache.fill(tenantId, key, stays, now, mark);
      return answers;
    } catch (error) {
      this.restUntil = performance.now() + breakMs;
      this.logger.warn('Accounts cannot be looked up; what needs it is held', { err: error });
      return new Map();
    }
  }

  private heard(payload: string): void {
    const space = payload.indexOf(' ');
    if (space < 0) this.cache.clear();
    else this.cache.forget(payload.slice(0, space), JSON.parse(payload.slice(space + 1)) as string[]);
  }
}

/** The work, or an error where it takes longer; the work itself goes on. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer from the database within ${ms} ms`)), ms);
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
