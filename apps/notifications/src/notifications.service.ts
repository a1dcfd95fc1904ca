import type { ServiceDefinition } from '@tenure/platform';
import { ForgottenAccounts1760200000003 } from './alerts/forgotten-accounts.migration';
import { KnownAlerts1760200000001 } from './alerts/known-alerts.migration';
import { Destinations1760200000000 } from './destinations/destinations.migration';
import { Digest1760200000002 } from './digest/digest.migration';
import { NotificationsConfig } from './notifications.config';
import { NotificationsModule } from './notifications.module';

export const service: ServiceDefinition = {
  config: NotificationsConfig,
  module: NotificationsModule,
  migrations: [
    Destinations1760200000000,
    KnownAlerts1760200000001,
    Digest1760200000002,
    ForgottenAccounts1760200000003,
  ],
};
