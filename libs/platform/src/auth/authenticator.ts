import type { FastifyRequest } from 'fastify';
import type { CallerIdentity } from './caller';

/** Recognises the caller of a request. Services trust the gateway's token; the gateway, sessions and API keys. */
export abstract class Authenticator {
  /** @returns undefined when the request carries no credentials; throws Problem `unauthenticated` when they are wrong */
  abstract authenticate(request: FastifyRequest): Promise<CallerIdentity | undefined>;
}
