import type { ServiceDefinition } from '@tenure/platform';
import { Destinations1760200000000 } from './destinations/destinations.migration';
import { NotificationsConfig } from './notifications.config';
import { NotificationsModule } from './notifications.module';

export const service: ServiceDefinition = {
  config: NotificationsConfig,
  module: NotificationsModule,
  migrations: [Destinations1760200000000],
};
