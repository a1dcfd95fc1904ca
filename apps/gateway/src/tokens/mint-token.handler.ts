import { Injectable } from '@nestjs/common';
import { signServiceToken, type CallerIdentity } from '@tenure/platform';
import { GatewayConfig } from '../gateway.config';
import type { Upstream } from '../routing/routing-table.domain';

/** Half a token's life, so that one that is handed out always has the other half left. */
const reuseMs = 30_000;
const capacity = 20_000;

interface Minted {
  readonly token: Promise<string>;
  readonly until: number;
}

/** Signs what a service is told about a caller; the same caller and service get the same token for up to 30 seconds. */
@Injectable()
export class MintTokenHandler {
  private readonly minted = new Map<string, Minted>();

  constructor(private readonly config: GatewayConfig) {}

  /** @param now milliseconds of a clock that only moves forward */
  handle(caller: CallerIdentity, service: Upstream, now = performance.now()): Promise<string> {
    // Everything the token says is in the key: a changed role or name is in force at once.
    const key = JSON.stringify([
      service,
      caller.tenant,
      caller.kind,
      caller.subject,
      caller.role,
      caller.name,
      caller.email,
    ]);
    const known = this.minted.get(key);
    if (known && known.until > now) return known.token;
    if (this.minted.size >= capacity) this.minted.clear();
    const token = signServiceToken(this.config.signingKey, { ...caller, audience: service });
    this.minted.set(key, { token, until: now + reuseMs });
    return token;
  }
}
