import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';

import { Notifications } from '../database/notifications';
import { DueSources, DueSweeper } from '../due/due-sweeper';
import { Jobs } from '../jobs/jobs';
import { Outbox } from '../outbox/outbox';
import { OutboxRelay } from '../outbox/outbox-relay';
import { BatchApplier } from './batch-applier';
import { ConsumerRegistry } from './consumer-registry';
import { ConsumerState } from './consumer-state';
import { DeadLetterReplayer, ReplayStores } from './dead-letter-replayer';
import { DeadLettersRepository } from './dead-letters.repository';
import { FenceRepository } from './fence.repository';
import { ForgetSeenIdsJob } from './forget-seen-ids.job';
import { KafkaClient } from './kafka-client';
import { ConsumerParts, KafkaStrategy } from './kafka.strategy';
import { PartitionConsumer } from './partition-consumer';
import { PartitionPositions } from './partition-positions';
import { Producer } from './producer';
import { SeenIdsRepository } from './seen-ids.repository';
import { TopicProvisioner } from './topic-provisioner';

const inner = [
  BatchApplier,
  ConsumerParts,
  ConsumerRegistry,
  DeadLettersRepository,
  FenceRepository,
  ForgetSeenIdsJob,
  KafkaClient,
  PartitionConsumer,
  PartitionPositions,
  ReplayStores,
  DueSources,
  SeenIdsRepository,
  TopicProvisioner,
];
const outer = [
  ConsumerState,
  DeadLetterReplayer,
  DueSweeper,
  Jobs,
  KafkaStrategy,
  Notifications,
  Outbox,
  OutboxRelay,
  Producer,
];

/** Everything between a service and Kafka. Needs the platform's config, `Clock`, `Database` and `Logger`. */
@Module({ imports: [DiscoveryModule], providers: [...inner, ...outer], exports: outer })
export class MessagingModule {}
