import { createHash, timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { bearerToken } from '../auth/token.authenticator';
import { ServiceConfig } from '../config/service.config';
import { Problem } from '../errors/problem';

/** Metrics are the operator's: with METRICS_TOKEN for who sends it, without it only on a port that is not the public's. */
@Injectable()
export class MetricsGuard implements CanActivate {
  constructor(private readonly config: ServiceConfig) {}

  canActivate(context: ExecutionContext): boolean {
    const { metricsToken, metricsOpen } = this.config;
    if (metricsToken === undefined) {
      if (metricsOpen) return true;
      throw new Problem('not-found', 'There is nothing at this address.');
    }
    const { authorization } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    // Hashed first, so that neither the place of a difference nor a length shows in the time.
    if (timingSafeEqual(digest(bearerToken(authorization) ?? ''), digest(metricsToken))) return true;
    throw new Problem('unauthenticated', 'This needs the METRICS_TOKEN of the installation.');
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
