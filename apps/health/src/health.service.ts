import { accountsMigration, type ServiceDefinition, stateHistoryMigration } from '@tenure/platform';

import { HealthConfig } from './health.config';
import { HealthModule } from './health.module';
import { derivedState } from './replay/derived-state.read-model';
import { Models1762000000000 } from './models/models.migration';
import { Opinions1762100000000 } from './opinions/opinions.migration';
import { Prediction1762300000000 } from './prediction/prediction.migration';
import { Studies1762200000000 } from './studies/studies.migration';
import { ErasedAccounts1761100000000 } from './schema/erased-accounts.migration';
import { HealthTables1761000000000 } from './schema/health-tables.migration';
import { Signals1762400000000 } from './signals/signals.migration';
import { PackedUsage1762500000000 } from './schema/packed-usage.migration';

export const service: ServiceDefinition = {
  config: HealthConfig,
  module: HealthModule,
  derived: derivedState,
  migrations: [
    accountsMigration,
    stateHistoryMigration,
    HealthTables1761000000000,
    ErasedAccounts1761100000000,
    Models1762000000000,
    Opinions1762100000000,
    Studies1762200000000,
    Prediction1762300000000,
    Signals1762400000000,
    PackedUsage1762500000000,
  ],
};
