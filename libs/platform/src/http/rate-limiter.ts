import rateLimit from '@fastify/rate-limit';
import { Injectable, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { CallerIdentity } from '../auth/caller';
import { ServiceConfig } from '../config/service.config';
import { Problem } from '../errors/problem';

const LIMIT = 'tenure:rate-limit';
const windowMs = 60_000;

type Check = ReturnType<FastifyInstance['createRateLimit']>;

/** This route's own limit in requests a minute (a sign-in takes fewer than a list). */
export const RateLimit = (perMinute: number): MethodDecorator & ClassDecorator => SetMetadata(LIMIT, perMinute);

/** This route is not counted: probes, and doors that limit their callers themselves. */
export const Unlimited = (): MethodDecorator & ClassDecorator => SetMetadata(LIMIT, 0);

/** Makes `createRateLimit` available; counting itself is the access guard's, which knows the caller. */
export async function registerRateLimit(fastify: FastifyInstance): Promise<void> {
  await fastify.register(rateLimit, { global: false });
}

/** Counts requests a minute per caller, or per address where there is no verified caller, in this process. */
@Injectable()
export class RateLimiter {
  private readonly checks = new Map<string, Check>();
  private readonly keys = new WeakMap<FastifyRequest, string>();

  constructor(
    private readonly config: ServiceConfig,
    private readonly reflector: Reflector,
    private readonly host: HttpAdapterHost,
  ) {}

  /** Sets the `RateLimit-*` headers. @throws Problem `limited` with the seconds to wait */
  async count(
    context: ExecutionContext,
    request: FastifyRequest,
    reply: FastifyReply,
    caller: CallerIdentity | undefined,
  ): Promise<void> {
    const own = this.reflector.getAllAndOverride<number | undefined>(LIMIT, [context.getHandler(), context.getClass()]);
    const perMinute = own ?? this.config.rateLimitPerMinute;
    if (perMinute === 0) return;
    this.keys.set(request, caller ? `${caller.tenant}/${caller.subject}` : request.ip);
    const route = own === undefined ? '' : `${context.getClass().name}.${context.getHandler().name}`;
    const outcome = await this.checkFor(route, perMinute)(request);
    if (outcome.isAllowed) return;
    reply.header('ratelimit-limit', outcome.max);
    reply.header('ratelimit-remaining', outcome.remaining);
    reply.header('ratelimit-reset', outcome.ttlInSeconds);
    if (!outcome.isExceeded) return;
    throw new Problem('limited', `More than ${outcome.max} requests in a minute.`, {
      retryAfter: outcome.ttlInSeconds,
    });
  }

  /** A route with a limit of its own is counted by itself. */
  private checkFor(route: string, max: number): Check {
    const existing = this.checks.get(route);
    if (existing) return existing;
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    const keyGenerator = (request: FastifyRequest) => this.keys.get(request) ?? request.ip;
    const check = fastify.createRateLimit({ max, timeWindow: windowMs, keyGenerator });
    this.checks.set(route, check);
    return check;
  }
}
