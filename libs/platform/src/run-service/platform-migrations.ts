import type { MigrationClass } from '../database/migrate';
import { System1760000000000 } from '../database/system.migration';
import { Erasures1763890000000 } from '../erasure/erasure.migration';
import { Idempotency1760000000100 } from '../http/idempotency.migration';
import { DeadLettersByBody1762700000000 } from '../messaging/dead-letters-by-body.migration';
import { SeenSegments1762000000000 } from '../messaging/seen-segments.migration';
import { Rebuilds1762600000000 } from '../replay/rebuilds.migration';

/** The machinery's tables, in every service's database before its own. */
export const platformMigrations: readonly MigrationClass[] = [
  System1760000000000,
  Idempotency1760000000100,
  SeenSegments1762000000000,
  Erasures1763890000000,
  Rebuilds1762600000000,
  DeadLettersByBody1762700000000,
];
