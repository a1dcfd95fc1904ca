import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { riskAlertOpened } from '@tenure/contracts';
import { Clock, Database } from '@tenure/platform';
import { SendMessageHandler } from '../channels/send-message.handler';
import { DeliveryStores } from '../deliveries/attempt-delivery.handler';
import type { NewDelivery } from '../deliveries/deliveries.repository';
import type { Outcome } from '../deliveries/delivery.domain';
import { NotificationsConfig } from '../notifications.config';
import { noDestination } from './manage-destinations.handler';
import { sampleAlert } from './sample-alert.domain';

/** Sends one test alert at once, without a retry; it stands in the log like any other. */
@Injectable()
export class TestDestinationHandler {
  constructor(
    private readonly database: Database,
    private readonly stores: DeliveryStores,
    private readonly sender: SendMessageHandler,
    private readonly clock: Clock,
    private readonly config: NotificationsConfig,
  ) {}

  async test(tenantId: string, id: string): Promise<Outcome> {
    const at = this.clock.now();
    const [destination, secrets] = await this.database.read([tenantId], async (tx) => [
      await this.stores.directory.byId(tx, tenantId, id),
      await this.stores.directory.secrets(tx, tenantId, id, at),
    ]);
    if (!destination) throw noDestination(id);
    const delivery = testDelivery(tenantId, id, at, this.config.consoleUrl);
    const message = { ...delivery, timestamp: delivery.eventTime };
    const began = performance.now();
    const outcome = await this.sender.send(destination, secrets, message, new AbortController().signal);
    await this.log(delivery, outcome, at, Math.round(performance.now() - began));
    return outcome;
  }

  private async log(delivery: NewDelivery, outcome: Outcome, at: Date, ms: number): Promise<void> {
    const status = outcome.result === 'delivered' ? 'delivered' : 'failed';
    await this.database.write([delivery.tenantId], async (tx) => {
      await this.stores.deliveries.add(tx, [{ ...delivery, status }], at);
      await this.stores.deliveries.addAttempt(tx, delivery, outcome, at, ms);
    });
  }
}

function testDelivery(tenantId: string, destinationId: string, at: Date, consoleUrl: string): NewDelivery {
  const eventId = `test.${randomUUID()}`;
  const alert = sampleAlert(eventId, at, consoleUrl);
  return {
    tenantId,
    deliveryId: `dlv_${randomUUID()}`,
    destinationId,
    accountId: alert.accountId,
    alertId: eventId,
    eventId,
    webhookId: eventId,
    type: riskAlertOpened.type,
    eventTime: at.toISOString(),
    data: alert,
    status: 'failed',
  };
}
