import { Injectable } from '@nestjs/common';
import { Client } from 'pg';

import { ServiceConfig } from '../config/service.config';
import { Logger } from '../logging/logger';

const reconnectMs = 1_000;

/**
 * Postgres NOTIFY on one connection of its own, for wake-ups and for word between replicas. A lost notification is
 * possible (a dropped connection), so whoever listens also looks by itself from time to time.
 */
@Injectable()
export class Notifications {
  private readonly handlers = new Map<string, Set<(payload: string) => void>>();
  private client: Client | undefined;
  private listening: Promise<void> = Promise.resolve();
  private stopping = false;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly config: ServiceConfig,
    private readonly logger: Logger,
  ) {}

  /** Calls `handler` for every NOTIFY on `channel`, and once after each reconnect with an empty payload. Answers how to stop. */
  on(channel: string, handler: (payload: string) => void): () => void {
    const known = this.handlers.get(channel);
    const set = known ?? new Set();
    set.add(handler);
    if (!known) {
      this.handlers.set(channel, set);
      if (this.client) void this.listen(this.client, channel).catch(() => undefined);
    }
    return () => void set.delete(handler);
  }

  async start(): Promise<void> {
    if (this.stopping) return;
    // Timeouts of the role end statements and idle transactions; a connection that only listens has neither.
    const client = new Client({
      connectionString: this.config.databaseUrl,
      application_name: `${this.config.service}-listen`,
    });
    client.on('notification', ({ channel, payload }) => this.tell(channel, payload ?? ''));
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    try {
      await client.connect();
      this.client = client;
      for (const channel of this.handlers.keys()) await this.listen(client, channel);
      for (const channel of this.handlers.keys()) this.tell(channel, '');
    } catch (error) {
      this.logger.warn('The database gives no notifications yet', { err: error });
      this.lost(client);
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.retry);
    await this.client?.end().catch(() => undefined);
  }

  /** One after the other: a connection takes a statement only when it has finished the last one. */
  private listen(client: Client, channel: string): Promise<void> {
    const listening = this.listening.then(async () => void (await client.query(`listen "${channel}"`)));
    this.listening = listening.catch(() => undefined);
    return listening;
  }

  private tell(channel: string, payload: string): void {
    for (const handler of this.handlers.get(channel) ?? []) handler(payload);
  }

  private lost(client: Client): void {
    if (this.stopping || this.retry) return;
    this.client = undefined;
    void client.end().catch(() => undefined);
    this.retry = setTimeout(() => {
      this.retry = undefined;
      void this.start();
    }, reconnectMs);
  }
}
