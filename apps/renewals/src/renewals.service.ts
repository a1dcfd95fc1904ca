import { accountsMigration, type ServiceDefinition, stateHistoryMigration } from '@tenure/platform';
import { RenewalsConfig } from './renewals.config';
import { RenewalsModule } from './renewals.module';
import { RenewalsTables1761200000000 } from './schema/renewals-tables.migration';

export const service: ServiceDefinition = {
  config: RenewalsConfig,
  module: RenewalsModule,
  migrations: [accountsMigration, stateHistoryMigration, RenewalsTables1761200000000],
};
