import { Injectable } from '@nestjs/common';
import { accountDeleted, type Envelope } from '@tenure/contracts';
import type { BatchContext } from '@tenure/platform';
import { DeliveriesRepository } from '../deliveries/deliveries.repository';
import { QueueRepository } from '../deliveries/queue.repository';
import { KnownAlertsRepository } from './known-alerts.repository';

/** An account that is deleted is forgotten here too: its alerts, what was sent of them and what waits. */
@Injectable()
export class ForgetAccountHandler {
  constructor(
    private readonly alerts: KnownAlertsRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly queue: QueueRepository,
  ) {}

  async handle({ tx }: BatchContext, batch: readonly Envelope[]): Promise<void> {
    for (const { type, tenantid, subject, receivedat } of batch) {
      if (type !== accountDeleted.type) continue;
      await this.alerts.forgetAccount(tx, tenantid, subject, receivedat);
      const waiting = await this.deliveries.forgetAccount(tx, tenantid, subject);
      await this.queue.remove(tx, tenantid, waiting);
    }
  }
}
