import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { context } from '@opentelemetry/api';
import { getRPCMetadata, RPCType } from '@opentelemetry/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { callerOf } from '../auth/caller';
import type { ServiceConfig } from '../config/service.config';
import { Problem } from '../errors/problem';
import { problemType, sendProblem } from '../errors/problem.filter';
import { toProblem } from '../errors/to-problem';
import type { Logger } from '../logging/logger';
import { registerRateLimit } from './rate-limiter';
import { mayTakeLong } from './streamed-body';

/** What an answer that is no page carries, unless its route says otherwise. */
const securityHeaders = Object.entries({
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
});

/** Nest's Fastify adapter with limits on what a client may send, and how long it may take to. */
export function createAdapter(config: ServiceConfig): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: config.bodyLimit,
    requestTimeout: config.requestTimeoutMs,
    connectionTimeout: 0,
    // Longer than a usual load balancer keeps a connection, so that it is never we who close one just being used.
    keepAliveTimeout: 72_000,
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    forceCloseConnections: 'idle',
    // What comes on a kept connection while we drain is answered, and told to go elsewhere next time.
    return503OnClosing: false,
    genReqId: () => randomUUID(),
    // Some SDKs (PostHog's) end their addresses with a slash.
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true },
    frameworkErrors: (error: unknown, _request: unknown, reply: FastifyReply) => {
      void sendProblem(reply, toProblem(error));
    },
    clientErrorHandler: refuseUnreadable,
  });
}

/** Hooks around every request: rate limits, security headers, and a log line at debug. */
export async function prepareFastify(fastify: FastifyInstance, logger: Logger, closeWhen: AbortSignal): Promise<void> {
  await registerRateLimit(fastify);
  fastify.addHook('onRequest', (request, reply, done) => {
    nameRoute(request);
    if (closeWhen.aborted) reply.header('connection', 'close');
    done();
  });
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    for (const [name, value] of securityHeaders) if (!reply.hasHeader(name)) reply.header(name, value);
    done(null, payload);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    logRequest(logger, request, reply);
    done();
  });
}

/** Spans and metrics of HTTP are named by route; Node's own HTTP, which is what is instrumented, knows none. */
function nameRoute(request: FastifyRequest): void {
  const metadata = getRPCMetadata(context.active());
  if (metadata?.type === RPCType.HTTP) metadata.route = request.routeOptions.url;
}

function logRequest(logger: Logger, request: FastifyRequest, reply: FastifyReply): void {
  // The route, not the address: ids and query strings can be a tenant's data.
  const path = request.routeOptions.url ?? 'unknown';
  const ms = Math.round(reply.elapsedTime);
  const tenant = callerOf(request)?.tenant;
  logger.debug('Request', {
    method: request.method,
    path,
    status: reply.statusCode,
    ms,
    tenant,
    requestId: request.id,
  });
}

/** What Node's HTTP parser refuses never becomes a request; it is answered on the bare socket. */
function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const late = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  // Told once for each request; one that is left alone now is not asked about again.
  if (late && mayTakeLong(socket)) return;
  const problem = new Problem(late ? 'timeout' : 'invalid', late ? 'The request took too long.' : 'This is not HTTP.');
  const body = JSON.stringify(problem.toBody());
  const head = `HTTP/1.1 ${problem.status} Error\r\ncontent-type: ${problemType}\r\nconnection: close\r\n`;
  if (socket.writable) socket.write(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  socket.destroySoon();
}
