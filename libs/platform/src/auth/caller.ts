import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../errors/problem';
import type { Role } from './roles';

/** Who makes a request: a person with a session, or an API key. */
export interface CallerIdentity {
  readonly tenant: string;
  /** The person's or the key's id. */
  readonly subject: string;
  readonly role: Role;
  readonly kind: 'person' | 'key';
  readonly name: string;
  /** Null for a key. */
  readonly email: string | null;
}

const callers = new WeakMap<FastifyRequest, CallerIdentity>();

/** Remembers who makes this request; only the access guard calls it. */
export function setCaller(request: FastifyRequest, caller: CallerIdentity): void {
  callers.set(request, caller);
}

export function callerOf(request: FastifyRequest): CallerIdentity | undefined {
  return callers.get(request);
}

/** Parameter of a controller's method: the verified caller. Only on routes with `@Roles`. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): CallerIdentity => {
  const caller = callerOf(context.switchToHttp().getRequest<FastifyRequest>());
  if (!caller) throw new Problem('unauthenticated', 'This call needs a signed-in caller.');
  return caller;
});
