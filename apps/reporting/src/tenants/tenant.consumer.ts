import { type Envelope, tenantChanged, type TenantChanged, topics } from '@tenure/contracts';
import { type BatchContext, Consume, Consumers } from '@tenure/platform';
import { FollowTenantsHandler } from './follow-tenants.handler';

@Consumers()
export class TenantConsumer {
  constructor(private readonly follow: FollowTenantsHandler) {}

  /** The topic also carries sources, which are no concern of reports. */
  @Consume(topics.tenantChanges)
  changes(batch: readonly Envelope[], { tx }: BatchContext): Promise<void> {
    const changed = batch.filter((event): event is Envelope<TenantChanged> => event.type === tenantChanged.type);
    return this.follow.handle(tx, changed);
  }
}
