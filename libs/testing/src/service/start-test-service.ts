import { platformMigrations, startService, type RunningService, type ServiceDefinition } from '@tenure/platform';
import type { Clock } from '@tenure/platform';
import { freshDatabase, type TestDatabase } from '../database/fresh-database';
import { TestKafka } from '../kafka/test-kafka';
import { testPublicKeys } from './caller-token';

export interface TestServiceOptions {
  /** The clock that everything in the service reads. */
  readonly clock?: Clock;
  /** Variables on top of what the harness sets. */
  readonly env?: Readonly<Record<string, string>>;
  /** Topics to share with another service of the same suite; default: topics of its own. */
  readonly kafka?: TestKafka;
  /** The database of a service that was stopped before: to start it again on what it knows. */
  readonly database?: TestDatabase;
}

export interface TestService extends RunningService {
  readonly db: TestDatabase;
  readonly kafka: TestKafka;
  /** Stops the service and removes what the harness made for it. What was handed in stays. */
  stop(): Promise<void>;
}

/**
 * Starts a service in this process on a free port, with a migrated database and topics of its own.
 * @param name the service's name, as its main.ts gives it to `runService`
 */
export async function startTestService<D extends ServiceDefinition>(
  name: string,
  definition: D,
  options: TestServiceOptions = {},
): Promise<TestService> {
  const kafka = options.kafka ?? new TestKafka();
  const db = options.database ?? (await freshDatabase(name, [...platformMigrations, ...definition.migrations]));
  const env = { ...surroundings(db, kafka), ...options.env };
  const running = await startService(name, definition, env, options.clock ? { clock: options.clock } : {});
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    await running.stop();
    if (!options.database) await db.drop();
    if (!options.kafka) await kafka.close();
  };
  return { app: running.app, url: running.url, db, kafka, stop: () => (stopping ??= stop()) };
}

function surroundings(db: TestDatabase, kafka: TestKafka): Record<string, string> {
  return {
    ...kafka.env,
    PORT: '0',
    DATABASE_URL: db.url,
    DATABASE_OWNER_URL: db.ownerUrl,
    TENURE_TOKEN_PUBLIC_KEYS: testPublicKeys,
    LOG_LEVEL: 'warn',
    // On a busy machine a broker may need seconds for what takes it milliseconds; tests of its absence set their own.
    KAFKA_SILENCE_MS: '15000',
  };
}
