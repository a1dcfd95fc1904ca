import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { checkRouteAudiences } from '../auth/routes';
import { Clock } from '../clock/clock';
import { loadConfig, type Environment } from '../config/load-config';
import { Database } from '../database/database';
import { createAdapter, prepareFastify } from '../http/fastify-adapter';
import { OpenApi } from '../http/open-api';
import { Readiness } from '../http/readiness';
import { Logger } from '../logging/logger';
import { NestLogger } from '../logging/nest-logger';
import { KafkaStrategy } from '../messaging/kafka.strategy';
import { migrateService } from './migrate-service';
import { PlatformModule, type Foundation } from './platform.module';
import type { ServiceDefinition } from './service-definition';
import { rebuildParts, registerReadiness, serviceParts } from './service-parts';
import { stopService } from './stop-service';

export interface RunningService {
  readonly app: NestFastifyApplication;
  /** Where it listens, for example `http://127.0.0.1:4002`. */
  readonly url: string;
  /** Stops in order; resolves when everything is closed. A second call waits for the first. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** The clock that everything in the service reads; for tests. */
  readonly clock?: Clock;
  /** Called when the consumer has died and cannot be brought back: the process should end. */
  readonly onDead?: (error: Error) => void;
  /** Rebuilds what is derived, see `replayService`: no HTTP, nothing published, nobody judged. */
  readonly rebuild?: boolean;
}

/**
 * Starts a service in this process: configuration, migrations (when the owner's connection is set), database, Nest,
 * HTTP, outbox, jobs, consumers. HTTP listens before the rest has started, so that probes can see it starting.
 * @throws ConfigError, or whatever kept a part from starting; what had started is stopped again
 */
export async function startService(
  name: string,
  definition: ServiceDefinition,
  env?: Environment,
  options: StartOptions = {},
): Promise<RunningService> {
  const config = loadConfig(definition.config, env, name);
  config.rebuild = options.rebuild ?? false;
  const logger = Logger.create(name, config.logLevel);
  if (config.databaseOwnerUrl) await migrateService(definition, config);
  const database = await Database.connect({
    url: config.databaseUrl,
    poolSize: config.databasePoolSize,
    applicationName: `tenure-${name}`,
  });
  const foundation = { definition, config, logger, database, clock: options.clock ?? new Clock() };
  return launch(
    await buildApp(foundation).catch((error: unknown) => closeAndThrow(database, error)),
    foundation,
    options,
  );
}

async function closeAndThrow(database: Database, error: unknown): Promise<never> {
  await database.close().catch(() => undefined);
  throw error;
}

async function buildApp(foundation: Foundation): Promise<NestFastifyApplication> {
  const { definition, config, logger } = foundation;
  const app = await NestFactory.create<NestFastifyApplication>(PlatformModule.on(foundation), createAdapter(config), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
  checkRouteAudiences(app);
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  await prepareFastify(fastify, logger, app.get(Readiness).stopping);
  await definition.configure?.(app, config);
  app.get(OpenApi).describe(app);
  app.connectMicroservice({ strategy: app.get(KafkaStrategy) });
  registerReadiness(app);
  return app;
}

async function launch(
  app: NestFastifyApplication,
  foundation: Foundation,
  options: StartOptions,
): Promise<RunningService> {
  const { config, logger, database } = foundation;
  const parts = config.rebuild ? rebuildParts(app) : serviceParts(app);
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= stopService({ app, parts, database, logger, config }));
  try {
    if (options.onDead) app.get(KafkaStrategy).onDead = options.onDead;
    if (config.rebuild) await app.init();
    else await refuseHalfRebuilt(database).then(() => app.listen(config.port, config.host));
    for (const part of parts) await part.start();
  } catch (error) {
    await stop();
    throw error;
  }
  app.get(Readiness).markStarted();
  const url = config.rebuild ? '' : await app.getUrl();
  logger.info('Started', { url });
  return { app, url, stop };
}

/** Judging accounts on half of what is known of them would tell people things that are not so. */
async function refuseHalfRebuilt(database: Database): Promise<void> {
  const rows = await database.system((tx) => tx.query('select 1 from system.rebuilds where finished_at is null'));
  if (rows.length > 0)
    throw new Error('A replay of this database was begun and has not come to its end: let it go on.');
}
