import { type Envelope, tenantChanged, type TenantChanged, topics } from '@tenure/contracts';
import { type BatchContext, Consume, Consumers } from '@tenure/platform';
import { FollowTenantsHandler } from './follow-tenants.handler';

/** Settings of tenants; their sources, which come on the same topic, are no concern of renewals. */
@Consumers()
export class TenantConsumer {
  constructor(private readonly follow: FollowTenantsHandler) {}

  @Consume(topics.tenantChanges)
  changes(batch: readonly Envelope[], { tx }: BatchContext): Promise<void> {
    const changed = batch.filter((event): event is Envelope<TenantChanged> => event.type === tenantChanged.type);
    return this.follow.handle(tx, changed);
  }
}
