import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ServiceConfig } from '../config/service.config';
import { Authenticator } from './authenticator';
import type { CallerIdentity } from './caller';
import { TokenVerifier } from './token';

/** Trusts the gateway's token and nothing else. */
@Injectable()
export class TokenAuthenticator extends Authenticator {
  private readonly verifier: TokenVerifier;

  constructor(config: ServiceConfig) {
    super();
    this.verifier = new TokenVerifier(config.service, config.tokenPublicKeys);
  }

  /** Against the machine's clock: a test that moves the service's clock does not make its callers' tokens old. */
  async authenticate(request: FastifyRequest): Promise<CallerIdentity | undefined> {
    const token = bearerToken(request.headers.authorization);
    return token === undefined ? undefined : this.verifier.verify(token);
  }
}

/** The token of an `Authorization: Bearer …` header. */
export function bearerToken(header: string | undefined): string | undefined {
  return /^bearer +(\S+)$/i.exec(header ?? '')?.[1];
}
