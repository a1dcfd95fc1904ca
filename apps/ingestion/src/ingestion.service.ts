import type { ServiceDefinition } from '@tenure/platform';

import { Directory1760100000000 } from './directory/directory.migration';
import { Held1760100000002 } from './held/held.migration';
import { IngestionConfig } from './ingestion.config';
import { IngestionModule } from './ingestion.module';
import { acceptRawBodies } from './intake/request-body.guard';
import { Rejects1760100000003 } from './rejects/rejects.migration';
import { Sources1760100000001 } from './sources/sources.migration';

export const service: ServiceDefinition = {
  config: IngestionConfig,
  module: IngestionModule,
  migrations: [Directory1760100000000, Sources1760100000001, Held1760100000002, Rejects1760100000003],
  configure: acceptRawBodies,
};
