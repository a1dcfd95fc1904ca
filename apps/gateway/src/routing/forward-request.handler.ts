import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { allowLongRequest, Problem, Readiness, type CallerIdentity } from '@tenure/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MintTokenHandler } from '../tokens/mint-token.handler';
import { toCallerHeaders, toServiceHeaders } from './proxy-headers.domain';
import { serviceFor, type Upstream } from './routing-table.domain';
import { UpstreamClient } from './upstream.client';

/** Passes a request on to the service that the routing table names, and its answer back, byte by byte. */
@Injectable()
export class ForwardRequestHandler {
  constructor(
    private readonly tokens: MintTokenHandler,
    private readonly upstream: UpstreamClient,
    private readonly readiness: Readiness,
  ) {}

  async handle(caller: CallerIdentity, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const service = serviceFor(request.url.split('?', 1)[0] ?? '');
    if (!service || service === 'gateway') throw new Problem('not-found', 'There is nothing at this address.');
    const token = await this.tokens.handle(caller, service);
    await this.pass(service, token, request, reply);
  }

  private async pass(service: Upstream, token: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const forwarding = { token, clientAddress: request.ip, publicHost: request.headers.host ?? '' };
    const answer = await this.upstream.send({
      service,
      method: request.method,
      url: request.url,
      headers: toServiceHeaders(request.headers, forwarding),
      body: bodyOf(request),
      signal: gone.signal,
    });
    reply.hijack();
    const headers = { ...reply.getHeaders(), ...toCallerHeaders(answer.headers) };
    reply.raw.writeHead(answer.statusCode ?? 502, headers as Record<string, string>);
    // At once: the first event of a stream may be minutes away, and the browser waits for the head.
    reply.raw.flushHeaders();
    // A stream of events has no end of its own, and would hold up ours.
    const endless = String(answer.headers['content-type']).startsWith('text/event-stream');
    // Either side may leave in the middle; the other is closed with it, and there is nobody left to tell.
    await pipeline(answer, reply.raw, endless ? { signal: this.readiness.stopping } : {}).catch(() => undefined);
  }
}

function bodyOf(request: FastifyRequest): Buffer | Readable | undefined {
  const { body } = request;
  if (Buffer.isBuffer(body)) return body;
  if (!(body instanceof Readable)) return undefined;
  allowLongRequest(request);
  return body;
}
