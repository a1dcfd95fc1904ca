import { Injectable } from '@nestjs/common';
import { Logger, type CallerIdentity } from '@tenure/platform';
import { GatewayConfig } from '../gateway.config';
import { MintTokenHandler } from '../tokens/mint-token.handler';

const timeoutMs = 5_000;

/** Asks ingestion, which owns sources and write keys, for a tenant's first one. */
@Injectable()
export class SourcesClient {
  constructor(
    private readonly config: GatewayConfig,
    private readonly tokens: MintTokenHandler,
    private readonly logger: Logger,
  ) {}

  /** Null where ingestion is away: a tenant does not fail for it, a source can be made at any time. */
  async firstWriteKey(tenantId: string): Promise<string | null> {
    try {
      return await this.create(tenantId);
    } catch (error) {
      this.logger.warn('A new tenant has no write key yet: ingestion gave none', { tenant: tenantId, err: error });
      return null;
    }
  }

  private async create(tenant: string): Promise<string> {
    const operator: CallerIdentity = {
      tenant,
      subject: 'operator',
      role: 'operator',
      kind: 'key',
      name: 'Operator',
      email: null,
    };
    const response = await fetch(new URL('/api/v1/sources', this.config.ingestionUrl), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await this.tokens.handle(operator, 'ingestion')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ name: 'First source', kind: 'segment', mode: 'live' }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    const body: unknown = response.ok ? await response.json() : undefined;
    if (typeof body === 'object' && body !== null && 'key' in body && typeof body.key === 'string') return body.key;
    throw new Error(`ingestion answered ${response.status} to a new source`);
  }
}
