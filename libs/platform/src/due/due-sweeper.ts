import { Injectable } from '@nestjs/common';

import { Clock } from '../clock/clock';
import { Database } from '../database/database';
import { Notifications } from '../database/notifications';
import type { Tx } from '../database/tx';
import { Logger } from '../logging/logger';
import { ConsumerState } from '../messaging/consumer-state';
import { passes } from '../messaging/run-applier';
import { type AccountKey, lockAccounts } from '../state/accounts';
import { findDue, nextDue, postponeDue, takeDue } from './due-index';

/** Evaluates accounts whose time has come, inside the transaction that holds them, and arms their next due time. */
export type DueHandler = (tx: Tx, keys: readonly AccountKey[], now: Date) => Promise<void>;

const atOnce = 200;
const longestSleepMs = 30_000;
const whileBehindMs = 250;
const putOffMs = 3_600_000;

/** Where the sweeper looks, and who tells it to look again. */
@Injectable()
export class DueSources {
  constructor(
    readonly database: Database,
    readonly notifications: Notifications,
    readonly consumer: ConsumerState,
  ) {}
}

/**
 * Takes only what is due. It waits while the consumer is behind, so that an outage of ours is not read as the silence of
 * a customer.
 */
@Injectable()
export class DueSweeper {
  private readonly handlers = new Map<string, DueHandler>();
  private running = false;
  private loop: Promise<void> = Promise.resolve();
  private wake: () => void = () => undefined;
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly sources: DueSources,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Registers who evaluates a kind. Call it before the service has started. */
  handle(kind: string, handler: DueHandler): void {
    this.handlers.set(kind, handler);
  }

  start(): void {
    if (this.handlers.size === 0) return;
    this.running = true;
    this.unsubscribe = this.sources.notifications.on('tenure_due', () => this.wake());
    this.loop = this.run();
  }

  async stop(): Promise<void> {
    this.running = false;
    this.unsubscribe();
    this.wake();
    await this.loop;
  }

  /** Evaluates everything that is due now; answers how many accounts. Also what tests call after moving their clock. */
  async sweep(): Promise<number> {
    let total = 0;
    for (const [kind, handler] of this.handlers) {
      for (let taken = atOnce; taken === atOnce; total += taken) taken = await this.sweepOnce(kind, handler);
    }
    return total;
  }

  private async sweepOnce(kind: string, handler: DueHandler): Promise<number> {
    const now = this.clock.now();
    const keys = await this.sources.database.system((tx) => findDue(tx, kind, now, atOnce));
    if (keys.length === 0) return 0;
    await this.narrow(kind, keys, now, handler);
    return keys.length;
  }

  /** One account that cannot be evaluated must not keep the others waiting: it is found by halves and put off. */
  private async narrow(kind: string, keys: readonly AccountKey[], now: Date, handler: DueHandler): Promise<void> {
    try {
      await this.evaluate(kind, keys, now, handler);
    } catch (error) {
      if (passes(error)) throw error;
      const [first] = keys;
      if (first && keys.length === 1) return this.putOff(kind, first, now, error);
      const middle = Math.ceil(keys.length / 2);
      await this.narrow(kind, keys.slice(0, middle), now, handler);
      await this.narrow(kind, keys.slice(middle), now, handler);
    }
  }

  private async evaluate(kind: string, keys: readonly AccountKey[], now: Date, handler: DueHandler): Promise<void> {
    const tenants = [...new Set(keys.map((key) => key.tenantId))];
    await this.sources.database.write(tenants, async (tx) => {
      await lockAccounts(tx, keys);
      const taken = await takeDue(tx, kind, now, keys);
      if (taken.length > 0) await handler(tx, taken, now);
    });
  }

  private async putOff(kind: string, key: AccountKey, now: Date, error: unknown): Promise<void> {
    const until = new Date(now.getTime() + putOffMs);
    await this.sources.database.system((tx) => postponeDue(tx, kind, key, now, until));
    const { tenantId: tenant, accountId: account } = key;
    this.logger.error('A due account could not be evaluated and was put off', { err: error, kind, tenant, account });
  }

  private async run(): Promise<void> {
    while (this.running) {
      const woken = new Promise<void>((resolve) => (this.wake = resolve));
      try {
        const behind = !this.sources.consumer.isCaughtUp();
        if (!behind) await this.sweep();
        await this.sleep(woken, behind ? whileBehindMs : await this.untilNext());
      } catch (error) {
        if (!this.running) return;
        this.logger.warn('The due accounts could not be evaluated yet', { err: error });
        await this.sleep(woken, 1_000);
      }
    }
  }

  private async untilNext(): Promise<number> {
    const times = await this.sources.database.system(async (tx) => {
      const found: (Date | null)[] = [];
      for (const kind of this.handlers.keys()) found.push(await nextDue(tx, kind));
      return found;
    });
    const soonest = Math.min(...times.map((time) => time?.getTime() ?? Infinity));
    return Math.max(0, Math.min(longestSleepMs, soonest - this.clock.now().getTime()));
  }

  private async sleep(woken: Promise<void>, milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([woken, new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)))]);
    clearTimeout(timer);
  }
}
