import { type Envelope, type EventHeld, topics } from '@tenure/contracts';
import { type BatchContext, Consume, Consumers } from '@tenure/platform';

import { referenceKey } from '../intake/reference.domain';
import { readReference } from './reference-of-held.domain';
import { ReleaseHeldHandler } from './release-held.handler';

/** Files what was held, so that a request's 2xx needs Kafka alone. */
@Consumers()
export class HeldConsumer {
  constructor(private readonly held: ReleaseHeldHandler) {}

  @Consume(topics.heldEvents)
  async file(batch: readonly Envelope<EventHeld>[], { tx }: BatchContext): Promise<void> {
    for (const [tenantId, events] of Map.groupBy(batch, (event) => event.tenantid)) {
      const arrived = events.map(({ data }) => ({
        reference: referenceKey(readReference(data.reference)),
        event: data,
      }));
      await this.held.fileOrRelease(tx, tenantId, arrived);
    }
  }
}
