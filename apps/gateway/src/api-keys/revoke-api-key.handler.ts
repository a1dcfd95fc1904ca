import { Injectable } from '@nestjs/common';
import { Clock, Database, Problem } from '@tenure/platform';
import { ApiKeyRepository } from './api-key.repository';

/** Takes a key away: no gateway lets it pass after at most five seconds. */
@Injectable()
export class RevokeApiKeyHandler {
  private readonly keys = new ApiKeyRepository();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async handle(tenantId: string, keyId: string): Promise<void> {
    const revoked = await this.database.write([tenantId], (tx) =>
      this.keys.revoke(tx, tenantId, keyId, this.clock.now()),
    );
    if (!revoked) throw new Problem('not-found', 'There is no such API key.');
  }
}
