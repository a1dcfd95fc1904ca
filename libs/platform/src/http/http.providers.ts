import type { Provider, Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, ModuleRef } from '@nestjs/core';
import { AccessGuard } from '../auth/access.guard';
import { Authenticator } from '../auth/authenticator';
import { LazyAuthenticator } from '../auth/lazy.authenticator';
import { TokenAuthenticator } from '../auth/token.authenticator';
import { ServiceConfig } from '../config/service.config';
import { ProblemFilter } from '../errors/problem.filter';
import { Logger } from '../logging/logger';
import { OpenApi } from './open-api';
import { RateLimiter } from './rate-limiter';
import { Readiness } from './readiness';
import { createValidationPipe } from './validation';

/** What stands around every route: the access guard, the validation of inputs, problem details. */
export function httpProviders(
  config: ServiceConfig,
  configType: Type<ServiceConfig>,
  logger: Logger,
  authenticator?: Type<Authenticator>,
): Provider[] {
  return [
    { provide: ServiceConfig, useValue: config },
    ...(configType === ServiceConfig ? [] : [{ provide: configType, useValue: config }]),
    { provide: Logger, useValue: logger },
    { provide: Readiness, useValue: new Readiness() },
    { provide: OpenApi, useValue: new OpenApi(config.service) },
    RateLimiter,
    authenticatorProvider(authenticator),
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useFactory: createValidationPipe },
  ];
}

function authenticatorProvider(type: Type<Authenticator> | undefined): Provider {
  if (!type) return { provide: Authenticator, useClass: TokenAuthenticator };
  const useFactory = (modules: ModuleRef) => new LazyAuthenticator(modules, type);
  return { provide: Authenticator, useFactory, inject: [ModuleRef] };
}
