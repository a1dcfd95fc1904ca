import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { callerOf } from '../auth/caller';
import { Logger } from '../logging/logger';
import { currentTraceId } from '../telemetry/tracing';
import type { Problem } from './problem';
import { toProblem } from './to-problem';

export const problemType = 'application/problem+json; charset=utf-8';

/** Writes every error of a controller as problem details, and logs those that are ours. */
@Injectable()
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = toProblem(error);
    logProblem(this.logger, problem, reply);
    // The answer has begun (a stream): its head cannot be changed, so the connection ends, which the client notices.
    if (reply.sent || reply.raw.headersSent) reply.raw.destroy();
    else sendProblem(reply, problem);
  }
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfter !== undefined) reply.header('retry-after', String(Math.ceil(problem.retryAfter)));
  if (problem.code === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
  return reply
    .status(problem.status)
    .type(problemType)
    .send(JSON.stringify(problem.toBody(currentTraceId())));
}

function logProblem(logger: Logger, problem: Problem, reply: FastifyReply): void {
  const tenant = callerOf(reply.request)?.tenant;
  const fields = { code: problem.code, method: reply.request.method, path: reply.request.routeOptions.url, tenant };
  if (problem.status >= 500) logger.error('Request failed', { ...fields, error: problem.cause ?? problem });
  else logger.debug('Request refused', { ...fields, detail: problem.detail });
}
