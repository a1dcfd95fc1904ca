import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { Clock } from '../clock/clock';
import type { ServiceConfig } from '../config/service.config';
import { Database } from '../database/database';
import { Notifications } from '../database/notifications';
import { DueSources, DueSweeper } from '../due/due-sweeper';
import { ErasedPeople } from '../erasure/erased-people';
import { ErasureConsumer } from '../erasure/erasure.consumer';
import { ErasureSweeper, SweepStores } from '../erasure/erasure-sweeper';
import { httpProviders } from '../http/http.providers';
import { IdempotencyInterceptor } from '../http/idempotency.interceptor';
import { OperationsController } from '../http/operations.controller';
import { Jobs } from '../jobs/jobs';
import type { Logger } from '../logging/logger';
import { BatchApplier } from '../messaging/batch-applier';
import { BatchSender } from '../messaging/batch-sender';
import { ConsumerRegistry } from '../messaging/consumer-registry';
import { ConsumerState } from '../messaging/consumer-state';
import { DeadLetterReplayer, ReplayStores } from '../messaging/dead-letter-replayer';
import { DeadLettersRepository } from '../messaging/dead-letters.repository';
import { FenceRepository } from '../messaging/fence.repository';
import { ForgetSeenIdsJob } from '../messaging/forget-seen-ids.job';
import { KafkaClient } from '../messaging/kafka-client';
import { ConsumerParts, KafkaStrategy } from '../messaging/kafka.strategy';
import { KeptLetters } from '../messaging/kept-letters';
import { PartitionConsumer } from '../messaging/partition-consumer';
import { PartitionPositions } from '../messaging/partition-positions';
import { Producer } from '../messaging/producer';
import { RebuildOrder } from '../messaging/rebuild-order';
import { SeenIdsRepository } from '../messaging/seen-ids.repository';
import { SeenSegments } from '../messaging/seen-segments';
import { TopicProvisioner } from '../messaging/topic-provisioner';
import { Outbox } from '../outbox/outbox';
import { OutboxRelay } from '../outbox/outbox-relay';
import type { ServiceDefinition } from './service-definition';

/** What exists before Nest does. */
export interface Foundation {
  readonly definition: ServiceDefinition;
  readonly config: ServiceConfig;
  readonly logger: Logger;
  readonly database: Database;
  readonly clock: Clock;
}

const machinery: Provider[] = [
  Notifications,
  KafkaClient,
  Producer,
  Outbox,
  OutboxRelay,
  Jobs,
  ConsumerRegistry,
  ConsumerState,
  TopicProvisioner,
  FenceRepository,
  SeenSegments,
  SeenIdsRepository,
  DeadLettersRepository,
  ForgetSeenIdsJob,
  BatchApplier,
  BatchSender,
  PartitionPositions,
  PartitionConsumer,
  ConsumerParts,
  RebuildOrder,
  KafkaStrategy,
  KeptLetters,
  ReplayStores,
  DeadLetterReplayer,
  ErasedPeople,
  ErasureConsumer,
  SweepStores,
  ErasureSweeper,
  DueSources,
  DueSweeper,
];

/** Everything a service gets from the platform, in one global module; a service's own modules import nothing. */
@Module({})
export class PlatformModule {
  /** The root module: the platform and, on it, the service's module. */
  static on(foundation: Foundation): DynamicModule {
    const { definition, config, logger, database, clock } = foundation;
    const providers: Provider[] = [
      ...httpProviders(config, definition.config, logger, definition.authenticator),
      { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      { provide: Database, useValue: database },
      { provide: Clock, useValue: clock },
      ...machinery,
    ];
    return {
      module: PlatformModule,
      global: true,
      imports: [DiscoveryModule, definition.module],
      controllers: [OperationsController],
      providers,
      exports: providers.filter((each) => !isEnhancer(each)),
    };
  }
}

/** Guards, filters, pipes and interceptors of the whole application are registered, not exported. */
function isEnhancer(provider: Provider): boolean {
  return typeof provider === 'object' && typeof provider.provide === 'string' && provider.provide.startsWith('APP_');
}
