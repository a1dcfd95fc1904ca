import { Injectable } from '@nestjs/common';
import { Clock, OpenApi } from '@tenure/platform';
import { GatewayConfig } from '../gateway.config';
import { services, type ServiceName, type Upstream } from '../routing/routing-table.domain';
import { mergeDocuments, type OpenApiDocument } from './openapi.domain';

const freshMs = 60_000;
const timeoutMs = 3_000;

/** The services' documents, asked for at most once a minute. A service that is away keeps its last one. */
@Injectable()
export class OpenApiClient {
  private readonly documents = new Map<ServiceName, OpenApiDocument>();
  private asked: Promise<void> | undefined;
  private askedAt = 0;

  constructor(
    private readonly config: GatewayConfig,
    private readonly own: OpenApi,
    private readonly clock: Clock,
  ) {}

  async merged(): Promise<Record<string, unknown>> {
    const now = this.clock.now().getTime();
    if (!this.asked || now - this.askedAt >= freshMs) {
      this.askedAt = now;
      this.asked = this.askAll();
    }
    await this.asked;
    // In the order of the list, so that who answered first changes nothing.
    const known = services.flatMap((service) => {
      const document = this.documents.get(service);
      return document ? [[service, document] as const] : [];
    });
    return mergeDocuments(new Map(known));
  }

  private async askAll(): Promise<void> {
    this.documents.set('gateway', this.own.document() as unknown as OpenApiDocument);
    const others = services.filter((service) => service !== 'gateway');
    await Promise.all(others.map((service) => this.ask(service)));
  }

  private async ask(service: Upstream): Promise<void> {
    try {
      const url = new URL('/openapi.json', this.config.upstreamUrl(service));
      const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
      if (response.ok) this.documents.set(service, (await response.json()) as OpenApiDocument);
    } catch {
      // Away: what it said last stays.
    }
  }
}
