import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { MigrationInterface } from 'typeorm';
import type { Authenticator } from '../auth/authenticator';
import type { ServiceConfig } from '../config/service.config';
import type { DerivedState } from '../replay/derived-state';

/** All there is to say about a service; `runService` does the rest. */
export interface ServiceDefinition<C extends ServiceConfig = ServiceConfig> {
  readonly config: new () => C;
  readonly module: Type;
  /** The service's own migrations, oldest first; platform's come before them. */
  readonly migrations: readonly (new () => MigrationInterface)[];
  /** What of its tables a replay can rebuild; default: nothing. */
  readonly derived?: DerivedState;
  /** How callers are recognised: a provider of `module`; default: by the gateway's token. */
  readonly authenticator?: Type<Authenticator>;
  /** Runs before routes are registered: Fastify plugins; `app.useBodyParser` (then all parsers are the service's own). */
  readonly configure?: (app: NestFastifyApplication, config: C) => void | Promise<void>;
}
