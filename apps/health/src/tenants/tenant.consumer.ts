import {
  type Envelope,
  type SourceChanged,
  sourceChanged,
  type TenantChanged,
  tenantChanged,
  topics,
} from '@tenure/contracts';
import { type BatchContext, Consume, Consumers } from '@tenure/platform';

import { HealthConfig } from '../health.config';
import { FollowTenantHandler } from './follow-tenant.handler';

/** Settings of tenants and the life of their sources. */
@Consumers()
export class TenantConsumer {
  constructor(
    private readonly follow: FollowTenantHandler,
    private readonly config: HealthConfig,
  ) {}

  @Consume(topics.tenantChanges)
  async changed(batch: readonly Envelope[], { tx, now }: BatchContext): Promise<void> {
    for (const event of batch) {
      if (event.type === tenantChanged.type) await this.follow.tenant(tx, event as Envelope<TenantChanged>);
      // A closed import was judged when it was closed; a replay judges nobody.
      if (event.type === sourceChanged.type && !this.config.rebuild)
        await this.follow.source(tx, event as Envelope<SourceChanged>, now);
    }
  }
}
