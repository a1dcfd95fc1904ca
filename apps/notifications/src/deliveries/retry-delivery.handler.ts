import { Injectable } from '@nestjs/common';
import { Clock, Database, Problem } from '@tenure/platform';
import { DeliveryStores } from './attempt-delivery.handler';
import type { LoggedDelivery } from './deliveries.read-model';

/** Sends a delivery once more, whatever became of it: a new round of the schedule, with the same id. */
@Injectable()
export class RetryDeliveryHandler {
  constructor(
    private readonly database: Database,
    private readonly stores: DeliveryStores,
    private readonly clock: Clock,
  ) {}

  retry(tenantId: string, deliveryId: string): Promise<LoggedDelivery> {
    const key = { tenantId, deliveryId };
    return this.database.write([tenantId], async (tx) => {
      const delivery = await this.stores.log.byId(tx, key);
      if (!delivery) throw new Problem('not-found', `There is no delivery ${deliveryId}.`);
      const destination = await this.stores.directory.byId(tx, tenantId, delivery.destinationId, true);
      if (!destination) throw new Problem('unprocessable', 'The destination of this delivery was removed.');
      if (destination.state !== 'active')
        throw new Problem('conflict', `The destination is ${destination.state}; resume it first.`);
      const now = this.clock.now();
      await this.stores.queue.remove(tx, tenantId, [deliveryId]);
      await this.stores.queue.add(tx, [{ ...delivery, ...key, kind: destination.kind }], now);
      await this.stores.deliveries.setStatus(tx, key, 'pending', now);
      return { ...delivery, status: 'pending', nextAttemptAt: now.toISOString() };
    });
  }
}
