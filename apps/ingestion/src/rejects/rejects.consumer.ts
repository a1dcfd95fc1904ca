import { type Envelope, type EventRejected, topics } from '@tenure/contracts';
import { type BatchContext, Consume, Consumers } from '@tenure/platform';

import { FileRejectsHandler } from './file-rejects.handler';

/** Files what was refused, so that a request's 2xx needs Kafka alone. */
@Consumers()
export class RejectsConsumer {
  constructor(private readonly filer: FileRejectsHandler) {}

  @Consume(topics.rejectedEvents)
  file(batch: readonly Envelope<EventRejected>[], context: BatchContext): Promise<void> {
    return this.filer.file(context, batch);
  }
}
