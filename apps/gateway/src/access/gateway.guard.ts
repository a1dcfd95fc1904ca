import { Injectable } from '@nestjs/common';
import { Authenticator, Problem, type CallerIdentity } from '@tenure/platform';
import type { FastifyRequest } from 'fastify';
import { GatewayConfig } from '../gateway.config';
import { readCredential } from './credential.domain';
import { isOwnOrigin, mayUseCookie, type RequestMarks } from './csrf.domain';
import { RecogniseCallerHandler } from './recognise-caller.handler';

/** Recognises people by their session and programs by their API key; for every route, its own and those it passes on. */
@Injectable()
export class GatewayAuthenticator extends Authenticator {
  constructor(
    private readonly callers: RecogniseCallerHandler,
    private readonly config: GatewayConfig,
  ) {
    super();
  }

  /** @throws Problem `unauthenticated`, or `forbidden` for a write by cookie that another site may have sent */
  async authenticate(request: FastifyRequest): Promise<CallerIdentity | undefined> {
    const credential = readCredential(request.headers.authorization, request.headers.cookie);
    if (credential.kind === 'none') return undefined;
    if (credential.kind === 'session' && !mayUseCookie(marksOf(request), this.config.allowedOrigins)) {
      throw new Problem('forbidden', 'A write with a session needs the header x-tenure-csrf: 1 and an Origin of ours.');
    }
    const caller = await this.callers.handle(credential);
    if (caller) return caller;
    if (credential.kind === 'key') throw new Problem('unauthenticated', 'The API key is not known, or was revoked.');
    throw new Problem('unauthenticated', 'The session has ended. Please sign in.');
  }
}

/** Refuses a sign-in that another site's page sends: it would sign a person in as somebody else without a sign. */
export function requireOwnOrigin(request: FastifyRequest, config: GatewayConfig): void {
  if (!isOwnOrigin(marksOf(request), config.allowedOrigins)) {
    throw new Problem('forbidden', 'This has to come from a page of ours: the Origin is another one.');
  }
}

function marksOf(request: FastifyRequest): RequestMarks {
  const one = (name: string) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  return {
    method: request.method,
    host: request.headers.host,
    origin: request.headers.origin,
    fetchSite: one('sec-fetch-site'),
    csrfHeader: one('x-tenure-csrf'),
  };
}
