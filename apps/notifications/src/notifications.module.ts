import { Module } from '@nestjs/common';
import { AlertsConsumer } from './alerts/alerts.consumer';
import { RouteAlertsHandler } from './alerts/route-alerts.handler';
import { EmailClient } from './channels/email.client';
import { GuardedHttpClient } from './channels/guarded-http.client';
import { SendMessageHandler } from './channels/send-message.handler';
import { SlackClient } from './channels/slack.client';
import { WebhookClient } from './channels/webhook.client';
import { AttemptDeliveryHandler, DeliveryStores } from './deliveries/attempt-delivery.handler';
import { DeliveriesController } from './deliveries/deliveries.controller';
import { DeliveriesReadModel } from './deliveries/deliveries.read-model';
import { DeliveriesRepository } from './deliveries/deliveries.repository';
import { DeliveryQueue, DeliveryWorkerJob } from './deliveries/delivery-worker.job';
import { ListDeliveriesHandler } from './deliveries/list-deliveries.handler';
import { QueueRepository } from './deliveries/queue.repository';
import { RetryDeliveryHandler } from './deliveries/retry-delivery.handler';
import { ChangeStateHandler, StateStores } from './destinations/change-state.handler';
import { DestinationRules } from './destinations/destination-rules.guard';
import { DestinationsController } from './destinations/destinations.controller';
import { DestinationsReadModel } from './destinations/destinations.read-model';
import { DestinationsRepository } from './destinations/destinations.repository';
import { ManageDestinationsHandler } from './destinations/manage-destinations.handler';
import { RotateSecretHandler } from './destinations/rotate-secret.handler';
import { SecretsController } from './destinations/secrets.controller';
import { TestDestinationHandler } from './destinations/test-destination.handler';

const alerts = [AlertsConsumer, RouteAlertsHandler];
const channels = [EmailClient, GuardedHttpClient, SendMessageHandler, SlackClient, WebhookClient];
const deliveries = [
  AttemptDeliveryHandler,
  DeliveriesReadModel,
  DeliveriesRepository,
  DeliveryQueue,
  DeliveryStores,
  DeliveryWorkerJob,
  ListDeliveriesHandler,
  QueueRepository,
  RetryDeliveryHandler,
];
const destinations = [
  ChangeStateHandler,
  DestinationRules,
  DestinationsReadModel,
  DestinationsRepository,
  ManageDestinationsHandler,
  RotateSecretHandler,
  StateStores,
  TestDestinationHandler,
];

/** Alerts in, messages out: routing, channels, the queue and its log. */
@Module({
  controllers: [DestinationsController, SecretsController, DeliveriesController],
  providers: [...alerts, ...channels, ...deliveries, ...destinations],
})
export class NotificationsModule {}
