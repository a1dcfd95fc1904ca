import type { ServiceDefinition } from '@tenure/platform';

import { Catalogue1760200000004 } from './catalogue/catalogue.migration';
import { Directory1760100000000 } from './directory/directory.migration';
import { ErasureRecords1763890000001 } from './erasure/erasures.migration';
import { Held1760100000002 } from './held/held.migration';
import { acceptFiles } from './imports/file-body.guard';
import { Imports1763850000000 } from './imports/imports.migration';
import { IngestionConfig } from './ingestion.config';
import { IngestionModule } from './ingestion.module';
import { acceptRawBodies } from './intake/request-body.guard';
import { SourceSettings1763870000000 } from './limits/source-settings.migration';
import { Live1760200000003 } from './live/live.migration';
import { Rejects1760100000003 } from './rejects/rejects.migration';
import { Replay1760200000002 } from './rejects/replay.migration';
import { Sources1760100000001 } from './sources/sources.migration';
import { Webhooks1763860000000 } from './webhooks/webhooks.migration';
import { Volume1760200000001 } from './volume/volume.migration';

export const service: ServiceDefinition = {
  config: IngestionConfig,
  module: IngestionModule,
  migrations: [
    Directory1760100000000,
    Sources1760100000001,
    Held1760100000002,
    Rejects1760100000003,
    Volume1760200000001,
    Replay1760200000002,
    Live1760200000003,
    Catalogue1760200000004,
    Imports1763850000000,
    ErasureRecords1763890000001,
    Webhooks1763860000000,
    SourceSettings1763870000000,
  ],
  configure: (app, config) => {
    acceptRawBodies(app, config);
    acceptFiles(app, config.bodyLimit);
  },
};
