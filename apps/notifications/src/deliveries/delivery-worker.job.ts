import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, Database, Logger, Notifications } from '@tenure/platform';
import { NotificationsConfig } from '../notifications.config';
import { AttemptDeliveryHandler } from './attempt-delivery.handler';
import { DeliverySlots, perDestination } from './delivery-slots.domain';
import { queueChannel, QueueRepository, type Claim } from './queue.repository';

const lookAnywayMs = 1_000;
const afterFailureMs = 500;
/** How much of the time to stop is left for what has to stop after this. */
const reserveMs = 2_000;

/** Where the worker looks, and who wakes it. */
@Injectable()
export class DeliveryQueue {
  constructor(
    readonly database: Database,
    readonly notifications: Notifications,
    readonly rows: QueueRepository,
  ) {}
}

/**
 * Sends what is due: woken by NOTIFY, by the next due time, by an attempt that ended, and once a second anyway. It claims
 * in a short transaction and never waits for an attempt, so a slow receiver holds up only itself.
 */
@Injectable()
export class DeliveryWorkerJob implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly slots: DeliverySlots;
  private readonly underWay = new Set<Promise<void>>();
  private readonly cut = new AbortController();
  private running = false;
  private loop: Promise<void> = Promise.resolve();
  private wake: () => void = () => undefined;
  private unsubscribe: () => void = () => undefined;

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly handler: AttemptDeliveryHandler,
    private readonly config: NotificationsConfig,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {
    this.slots = new DeliverySlots(config.deliveryConcurrency);
  }

  onApplicationBootstrap(): void {
    this.running = true;
    this.unsubscribe = this.queue.notifications.on(queueChannel, () => this.wake());
    this.loop = this.run();
  }

  /** Takes nothing new, waits for what is under way, then cuts it off: it is given back and sent by the next process. */
  async onModuleDestroy(): Promise<void> {
    this.running = false;
    this.unsubscribe();
    this.wake();
    await this.loop;
    const patience = setTimeout(() => this.cut.abort(), Math.max(0, this.config.shutdownMs - reserveMs));
    await Promise.allSettled(this.underWay);
    clearTimeout(patience);
  }

  private async run(): Promise<void> {
    while (this.running) {
      const woken = new Promise<void>((resolve) => (this.wake = resolve));
      try {
        const claims = this.slots.free > 0 ? await this.claim() : [];
        for (const claim of claims) this.begin(claim);
        if (claims.length === 0) await this.sleep(woken, await this.untilNext());
      } catch (error) {
        if (!this.running) return;
        this.logger.warn('Deliveries wait', { err: error });
        await this.sleep(woken, afterFailureMs);
      }
    }
  }

  private claim(): Promise<Claim[]> {
    const request = {
      now: this.clock.now(),
      lease: randomUUID(),
      leaseMs: this.config.deliveryLeaseMs,
      limit: this.slots.free,
      capacities: this.slots.capacities(Date.now()),
      freeOfOthers: perDestination,
    };
    return this.queue.database.system((tx) => this.queue.rows.claim(tx, request));
  }

  private begin(claim: Claim): void {
    this.slots.take(claim.destinationId, claim.kind, Date.now());
    const attempt = this.handler
      .attempt(claim, this.cut.signal)
      .catch((error: unknown) => this.logger.warn('An attempt could not be recorded', this.fieldsOf(claim, error)))
      .finally(() => {
        this.slots.giveBack(claim.destinationId);
        this.underWay.delete(attempt);
        this.wake();
      });
    this.underWay.add(attempt);
  }

  private fieldsOf({ tenantId, deliveryId, destinationId }: Claim, error: unknown) {
    return { tenant: tenantId, deliveryId, destinationId, err: error };
  }

  /** What is due but cannot go yet is looked at again when an attempt or a pause ends. */
  private async untilNext(): Promise<number> {
    const due = await this.queue.database.system((tx) => this.queue.rows.nextDue(tx));
    const wait = due ? due.getTime() - this.clock.now().getTime() : lookAnywayMs;
    const pause = this.slots.pause(Date.now()) ?? lookAnywayMs;
    return Math.min(lookAnywayMs, pause, wait > 0 ? wait : lookAnywayMs);
  }

  private async sleep(woken: Promise<void>, milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([woken, new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)))]);
    clearTimeout(timer);
  }
}
