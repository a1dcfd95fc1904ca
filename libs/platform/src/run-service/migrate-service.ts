import type { ServiceConfig } from '../config/service.config';
import { roleOf, runMigrations } from '../database/migrate';
import { platformMigrations } from './platform-migrations';
import type { ServiceDefinition } from './service-definition';

/**
 * Brings a service's database up to date with the owner's connection; answers the names of the migrations that ran.
 * @throws Error without DATABASE_OWNER_URL
 */
export async function migrateService(definition: ServiceDefinition, config: ServiceConfig): Promise<string[]> {
  if (!config.databaseOwnerUrl) throw new Error('To migrate, set DATABASE_OWNER_URL.');
  const target = { ownerUrl: config.databaseOwnerUrl, appRole: roleOf(config.databaseUrl) };
  return runMigrations(target, [...platformMigrations, ...definition.migrations]);
}
