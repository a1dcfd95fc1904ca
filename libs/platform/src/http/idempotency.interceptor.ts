import { createHash } from 'node:crypto';
import { Injectable, SetMetadata, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { callerOf } from '../auth/caller';
import { Clock } from '../clock/clock';
import { Database } from '../database/database';
import { Problem } from '../errors/problem';
import { Logger } from '../logging/logger';
import { claim, forget, keepAnswer, release, type IdempotentWrite, type StoredWrite } from './idempotency.repository';

const minute = 60_000;
const keptFor = 24 * 60 * minute;
const sweepEvery = 60 * minute;

const UNKEPT = 'tenure:unkept-answer';

/** This route's answers are not kept for `Idempotency-Key`: they hold a secret, or another service keeps them. */
export const UnkeptAnswer = (): MethodDecorator & ClassDecorator => SetMetadata(UNKEPT, true);

/**
 * `Idempotency-Key` on writes: the same key with the same request gives the first answer again, without doing it again;
 * with another request it is a conflict. Failures are not kept. The claim and the work are two transactions: a process
 * that dies between them leaves a claim, which the same request may take over after a minute.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private sweptAt = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly reflector: Reflector,
    private readonly logger: Logger,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    if (this.reflector.getAllAndOverride<boolean | undefined>(UNKEPT, [context.getHandler(), context.getClass()])) {
      return next.handle();
    }
    const http = context.switchToHttp();
    const write = idempotentWrite(http.getRequest<FastifyRequest>());
    return write ? from(this.once(write, http.getResponse<FastifyReply>(), next)) : next.handle();
  }

  private async once(write: IdempotentWrite, reply: FastifyReply, next: CallHandler): Promise<unknown> {
    const now = this.clock.now().getTime();
    await this.sweep(now);
    const abandonedBefore = new Date(now - minute);
    const stored = await this.database.system((tx) => claim(tx, write, new Date(now), abandonedBefore));
    if (stored) return replay(write, stored, reply);
    const answer = await this.perform(write, next);
    await this.keep(write, answer);
    return answer;
  }

  /** The work is done and committed: that its answer cannot be kept is no reason to tell the caller that it failed. */
  private async keep(write: IdempotentWrite, answer: unknown): Promise<void> {
    try {
      await this.database.system((tx) => keepAnswer(tx, write, answer));
    } catch (error) {
      this.logger.warn('The answer to a write could not be kept for its Idempotency-Key', {
        error,
        route: write.route,
      });
    }
  }

  private async perform(write: IdempotentWrite, next: CallHandler): Promise<unknown> {
    try {
      return await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      await this.database.system((tx) => release(tx, write)).catch(() => undefined);
      throw error;
    }
  }

  private async sweep(now: number): Promise<void> {
    if (now - this.sweptAt < sweepEvery) return;
    this.sweptAt = now;
    await this.database.system((tx) => forget(tx, new Date(now - keptFor)));
  }
}

function replay(write: IdempotentWrite, stored: StoredWrite, reply: FastifyReply): unknown {
  if (stored.route !== write.route || stored.bodyHash !== write.bodyHash) {
    throw new Problem('idempotency-conflict', 'This Idempotency-Key was used for another request.');
  }
  if (!stored.answered) {
    throw new Problem('idempotency-conflict', 'The first request with this key is still being done.', {
      retryAfter: 1,
    });
  }
  reply.header('idempotency-replayed', 'true');
  return stored.answer ?? undefined;
}

function idempotentWrite(request: FastifyRequest): IdempotentWrite | undefined {
  const key = request.headers['idempotency-key'];
  const caller = callerOf(request);
  if (key === undefined || !caller || !['POST', 'PUT', 'PATCH', 'DELETE'].includes(request.method)) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    throw new Problem('invalid', 'The Idempotency-Key has to be 1 to 255 printable characters.');
  }
  const bodyHash = createHash('sha256').update(bodyText(request.body)).digest('base64url');
  const { tenant, subject } = caller;
  return { tenant, subject, key, route: `${request.method} ${request.url}`, bodyHash };
}

function bodyText(body: unknown): string | Buffer {
  try {
    return Buffer.isBuffer(body) ? body : (JSON.stringify(body) ?? '');
  } catch (cause) {
    throw new Problem('invalid', 'The request is nested too deeply.', { cause });
  }
}
