import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Problem } from '@tenure/platform';
import type { FastifyRequest } from 'fastify';
import { isSameSecret } from '../access/secret.handler';
import { GatewayConfig } from '../gateway.config';

/** Lets only the installation's operator pass. Without a token in the environment there is no operator, and no API. */
@Injectable()
export class OperatorGuard implements CanActivate {
  constructor(private readonly config: GatewayConfig) {}

  canActivate(context: ExecutionContext): boolean {
    const expected = this.config.operatorToken;
    if (!expected) throw new Problem('not-found', 'There is nothing at this address.');
    const { authorization } = context.switchToHttp().getRequest<FastifyRequest>().headers;
    const given = /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
    if (!isSameSecret(given, expected)) throw new Problem('unauthenticated', 'The operator token is wrong.');
    return true;
  }
}
