import { Module } from '@nestjs/common';
import { AlertsConsumer } from './alerts/alerts.consumer';
import { ForgetAccountHandler } from './alerts/forget-account.handler';
import { KnownAlertsRepository } from './alerts/known-alerts.repository';
import { RouteAlertsHandler } from './alerts/route-alerts.handler';
import { EmailClient } from './channels/email.client';
import { GuardedHttpClient, NameResolver } from './channels/guarded-http.client';
import { SendMessageHandler } from './channels/send-message.handler';
import { SlackClient } from './channels/slack.client';
import { WebhookClient } from './channels/webhook.client';
import { AttemptDeliveryHandler, DeliveryStores } from './deliveries/attempt-delivery.handler';
import { DeliveriesController } from './deliveries/deliveries.controller';
import { DeliveriesReadModel } from './deliveries/deliveries.read-model';
import { DeliveriesRepository } from './deliveries/deliveries.repository';
import { DeliveryQueue, DeliveryWorkerJob } from './deliveries/delivery-worker.job';
import { ForgetDeliveriesHandler, LogExpiry } from './deliveries/forget-deliveries.handler';
import { ForgetDeliveriesJob } from './deliveries/forget-deliveries.job';
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
import { ChangeDigestHandler } from './digest/change-digest.handler';
import { DigestController } from './digest/digest.controller';
import { DigestJob } from './digest/digest.job';
import { DigestReadModel } from './digest/digest.read-model';
import { DigestRepository } from './digest/digest.repository';
import { DigestStores, SendDigestsHandler } from './digest/send-digests.handler';

const alerts = [AlertsConsumer, ForgetAccountHandler, KnownAlertsRepository, RouteAlertsHandler];
const channels = [EmailClient, GuardedHttpClient, NameResolver, SendMessageHandler, SlackClient, WebhookClient];
const deliveries = [
  AttemptDeliveryHandler,
  DeliveriesReadModel,
  DeliveriesRepository,
  DeliveryQueue,
  DeliveryStores,
  DeliveryWorkerJob,
  ForgetDeliveriesHandler,
  ForgetDeliveriesJob,
  ListDeliveriesHandler,
  LogExpiry,
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

const digest = [ChangeDigestHandler, DigestJob, DigestReadModel, DigestRepository, DigestStores, SendDigestsHandler];

/** Alerts in, messages out: routing, channels, the queue and its log. */
@Module({
  controllers: [DestinationsController, SecretsController, DeliveriesController, DigestController],
  providers: [...alerts, ...channels, ...deliveries, ...destinations, ...digest],
})
export class NotificationsModule {}
