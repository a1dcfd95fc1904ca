import { accountsMigration, type ServiceDefinition, stateHistoryMigration } from '@tenure/platform';
import { ReportingConfig } from './reporting.config';
import { ReportingModule } from './reporting.module';
import { ReportingTables1763900000000 } from './schema/reporting-tables.migration';

export const service: ServiceDefinition = {
  config: ReportingConfig,
  module: ReportingModule,
  migrations: [accountsMigration, stateHistoryMigration, ReportingTables1763900000000],
};
