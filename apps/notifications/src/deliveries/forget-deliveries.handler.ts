import { Injectable } from '@nestjs/common';
import { Clock, Database } from '@tenure/platform';
import { KnownAlertsRepository } from '../alerts/known-alerts.repository';
import { NotificationsConfig } from '../notifications.config';
import { DeliveriesRepository } from './deliveries.repository';
import { QueueRepository } from './queue.repository';

const dayMs = 86_400_000;

/** How far back the log reaches. */
@Injectable()
export class LogExpiry {
  constructor(
    private readonly clock: Clock,
    private readonly config: NotificationsConfig,
  ) {}

  before(): Date {
    return new Date(this.clock.now().getTime() - this.config.deliveryLogDays * dayMs);
  }
}

/** Forgets what was sent longer ago than DELIVERY_LOG_DAYS, tenant by tenant. */
@Injectable()
export class ForgetDeliveriesHandler {
  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveriesRepository,
    private readonly alerts: KnownAlertsRepository,
    private readonly queue: QueueRepository,
    private readonly expiry: LogExpiry,
  ) {}

  async run(): Promise<void> {
    const before = this.expiry.before();
    for (const tenant of await this.database.system((tx) => this.queue.tenants(tx)))
      await this.database.write([tenant], async (tx) => {
        await this.deliveries.forget(tx, tenant, before);
        await this.alerts.forget(tx, tenant, before);
      });
  }
}
