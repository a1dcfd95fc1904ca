import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Problem } from '@tenure/platform';
import { GatewayConfig } from '../gateway.config';
import type { Headers } from './proxy-headers.domain';
import type { Upstream } from './routing-table.domain';

export interface UpstreamRequest {
  readonly service: Upstream;
  readonly method: string;
  /** Path and query as they came. */
  readonly url: string;
  readonly headers: Headers;
  /** A stream passes as it comes, and the service may take its time with it. */
  readonly body: Buffer | Readable | undefined;
  /** Aborts when the caller is gone. */
  readonly signal: AbortSignal;
}

const retryAfter = 2;

/** Talks to the services on kept connections; answers come as streams, so that events pass as they happen. */
@Injectable()
export class UpstreamClient implements OnModuleDestroy {
  private readonly http = new HttpAgent({ keepAlive: true, maxSockets: 1_000 });
  private readonly https = new HttpsAgent({ keepAlive: true, maxSockets: 1_000 });

  constructor(private readonly config: GatewayConfig) {}

  onModuleDestroy(): void {
    this.http.destroy();
    this.https.destroy();
  }

  /** @throws Problem `unavailable` when the service is away or does not begin to answer in time */
  async send(request: UpstreamRequest): Promise<IncomingMessage> {
    try {
      return await this.attempt(request, true);
    } catch (error) {
      const detail = `The service ${request.service} cannot answer for the moment. Please try again.`;
      throw new Problem('unavailable', detail, { retryAfter, cause: error });
    }
  }

  private attempt(request: UpstreamRequest, mayRepeat: boolean): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const outgoing = this.open(request);
      outgoing.once('response', resolve);
      outgoing.once('error', (error) => {
        // A service may close a kept connection just as we use it: then it read nothing, and reading twice harms nobody.
        const stale = outgoing.reusedSocket && (request.method === 'GET' || request.method === 'HEAD');
        if (stale && mayRepeat && !request.signal.aborted) this.attempt(request, false).then(resolve, reject);
        else reject(error);
      });
      if (request.body instanceof Readable) return pass(request.body, outgoing);
      const timer = setTimeout(() => outgoing.destroy(new Error('no answer in time')), this.config.upstreamTimeoutMs);
      outgoing.once('response', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
      outgoing.end(request.body);
    });
  }

  private open({ service, method, url, headers, body, signal }: UpstreamRequest): ClientRequest {
    const base = new URL(this.config.upstreamUrl(service));
    const length = Buffer.isBuffer(body) ? { 'content-length': String(body.length) } : {};
    const options = {
      host: base.hostname.replace(/^\[|\]$/g, ''),
      port: base.port,
      method,
      path: url,
      headers: { ...headers, ...length } as Record<string, string>,
      signal,
    };
    if (base.protocol === 'https:') return httpsRequest({ ...options, agent: this.https });
    return httpRequest({ ...options, agent: this.http });
  }
}

/** Passes a file on. What is left of it when the answer came early is read away, so that its sender hears the answer. */
function pass(file: Readable, outgoing: ClientRequest): void {
  file.once('error', (error) => outgoing.destroy(error));
  outgoing.once('close', () => {
    file.unpipe(outgoing);
    file.resume();
  });
  file.pipe(outgoing);
}
