import type { Type } from '@nestjs/common';
import type { ModuleRef } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { Authenticator } from './authenticator';
import type { CallerIdentity } from './caller';

/** An authenticator that is a provider of the service's own module, which the platform's module cannot import. */
export class LazyAuthenticator extends Authenticator {
  constructor(
    private readonly modules: ModuleRef,
    private readonly type: Type<Authenticator>,
  ) {
    super();
  }

  authenticate(request: FastifyRequest): Promise<CallerIdentity | undefined> {
    return this.modules.get(this.type, { strict: false }).authenticate(request);
  }
}
