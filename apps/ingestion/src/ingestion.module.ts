import { Module } from '@nestjs/common';

import { catalogue } from './catalogue/catalogue.module';
import { CloudEventsController } from './cloudevents/cloudevents.controller';
import { RemapEventHandler } from './cloudevents/remap-event.handler';
import { DirectoryConsumer } from './directory/directory.consumer';
import { DirectoryReadModel } from './directory/directory.read-model';
import { DirectoryRepository } from './directory/directory.repository';
import { FindAccountsHandler } from './directory/find-accounts.handler';
import { LearnAccountsHandler } from './directory/learn-accounts.handler';
import { LearnFromTopicsHandler } from './directory/learn-from-topics.handler';
import { ExpireHeldHandler } from './held/expire-held.handler';
import { ExpireHeldJob } from './held/expire-held.job';
import { HeldConsumer } from './held/held.consumer';
import { HeldController } from './held/held.controller';
import { HeldReadModel } from './held/held.read-model';
import { HeldRepository } from './held/held.repository';
import { ListHeldHandler } from './held/list-held.handler';
import { MatchHeldHandler, MatchTimes } from './held/match-held.handler';
import { ReleaseHeldHandler } from './held/release-held.handler';
import { erasure } from './erasure/erasure.module';
import { imports } from './imports/imports.module';
import { AcceptItemsHandler } from './intake/accept-items.handler';
import { Observers } from './intake/observers.domain';
import { WaysIn } from './intake/ways-in.domain';
import { limits } from './limits/limits.module';
import { live } from './live/live.module';
import { posthog } from './posthog/posthog.module';
import { FileRejectsHandler } from './rejects/file-rejects.handler';
import { ForgetRejectsJob } from './rejects/forget-rejects.job';
import { ListRejectsHandler } from './rejects/list-rejects.handler';
import { PublishReplayHandler } from './rejects/publish-replay.handler';
import { RejectsConsumer } from './rejects/rejects.consumer';
import { RejectsController } from './rejects/rejects.controller';
import { RejectsReadModel } from './rejects/rejects.read-model';
import { RejectsRepository } from './rejects/rejects.repository';
import { ReplayRejectsHandler, ReplayStores } from './rejects/replay-rejects.handler';
import { RemapCallHandler } from './segment/remap-call.handler';
import { SegmentController } from './segment/segment.controller';
import { AuthenticateSourceHandler, KeyStores } from './sources/authenticate-source.handler';
import { EnsureDemoHandler } from './sources/ensure-demo.handler';
import { ListTenantsHandler } from './sources/list-tenants.handler';
import { ManageSourcesHandler, SourceStores } from './sources/manage-sources.handler';
import { SourceKeysController } from './sources/source-keys.controller';
import { SourceKeysReadModel } from './sources/source-keys.read-model';
import { SourcesController } from './sources/sources.controller';
import { SourcesReadModel } from './sources/sources.read-model';
import { SourcesRepository } from './sources/sources.repository';
import { WriteKeysReadModel } from './sources/write-keys.read-model';
import { WriteKeysRepository } from './sources/write-keys.repository';
import { webhooks } from './webhooks/webhooks.module';
import { volume } from './volume/volume.module';

const directory = [
  DirectoryConsumer,
  DirectoryReadModel,
  DirectoryRepository,
  FindAccountsHandler,
  LearnAccountsHandler,
  LearnFromTopicsHandler,
];
const held = [
  ExpireHeldHandler,
  ExpireHeldJob,
  HeldConsumer,
  HeldReadModel,
  HeldRepository,
  ListHeldHandler,
  MatchHeldHandler,
  MatchTimes,
  ReleaseHeldHandler,
];
const rejects = [
  FileRejectsHandler,
  ForgetRejectsJob,
  ListRejectsHandler,
  PublishReplayHandler,
  RejectsConsumer,
  RejectsReadModel,
  RejectsRepository,
  RemapCallHandler,
  RemapEventHandler,
  ReplayRejectsHandler,
  ReplayStores,
];
const sources = [
  AuthenticateSourceHandler,
  EnsureDemoHandler,
  KeyStores,
  ListTenantsHandler,
  ManageSourcesHandler,
  SourceKeysReadModel,
  SourcesReadModel,
  SourcesRepository,
  SourceStores,
  WriteKeysReadModel,
  WriteKeysRepository,
];

/** HTTP in: verify, validate, map, publish. The fixed path `v1/events` stands before Segment's `v1/:call`. */
@Module({
  controllers: [
    CloudEventsController,
    SegmentController,
    RejectsController,
    SourceKeysController,
    SourcesController,
    HeldController,
    ...limits.controllers,
    ...posthog.controllers,
    ...webhooks.controllers,
    ...imports.controllers,
    ...erasure.controllers,
    ...volume.controllers,
    ...live.controllers,
    ...catalogue.controllers,
  ],
  providers: [
    AcceptItemsHandler,
    Observers,
    WaysIn,
    ...directory,
    ...held,
    ...rejects,
    ...sources,
    ...limits.providers,
    ...posthog.providers,
    ...webhooks.providers,
    ...imports.providers,
    ...erasure.providers,
    ...volume.providers,
    ...live.providers,
    ...catalogue.providers,
  ],
})
export class IngestionModule {}
