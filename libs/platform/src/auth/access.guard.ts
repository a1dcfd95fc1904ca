import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../errors/problem';
import { RateLimiter } from '../http/rate-limiter';
import { Authenticator } from './authenticator';
import { setCaller, type CallerIdentity } from './caller';
import { PUBLIC, ROLES, type Role } from './roles';

/**
 * The one door of every route: who is it, how often did they come, may they. In this order, because a limit per caller
 * needs the caller, and wrong credentials have to count against their address before they are refused.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
    private readonly limiter: RateLimiter,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const allowed = this.allowedRoles(context);
    const outcome = allowed ? await this.recognise(request) : undefined;
    const caller = outcome instanceof Problem ? undefined : outcome;
    await this.limiter.count(context, request, http.getResponse<FastifyReply>(), caller);
    if (outcome instanceof Problem) throw outcome;
    if (!allowed) return true;
    setCaller(request, permitted(caller, allowed));
    return true;
  }

  /** Undefined for a public route. The route's own declaration wins over its controller's. */
  private allowedRoles(context: ExecutionContext): readonly Role[] | undefined {
    for (const target of [context.getHandler(), context.getClass()]) {
      if (this.reflector.get<boolean | undefined>(PUBLIC, target)) return undefined;
      const allowed = this.reflector.get<readonly Role[] | undefined>(ROLES, target);
      if (allowed) return allowed;
    }
    // The start-up check makes this unreachable; without a declaration the answer is no.
    return [];
  }

  private async recognise(request: FastifyRequest): Promise<CallerIdentity | Problem | undefined> {
    try {
      return await this.authenticator.authenticate(request);
    } catch (error) {
      if (error instanceof Problem && error.code === 'unauthenticated') return error;
      throw error;
    }
  }
}

function permitted(caller: CallerIdentity | undefined, allowed: readonly Role[]): CallerIdentity {
  if (!caller) throw new Problem('unauthenticated', 'This call needs an API key or a session.');
  if (allowed.includes(caller.role)) return caller;
  throw new Problem('forbidden', `This needs one of the roles ${allowed.join(', ')}; yours is ${caller.role}.`);
}
