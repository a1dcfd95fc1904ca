import { type Envelope, type ErasureApplied, topics } from '@tenure/contracts';
import { type BatchContext, Consume, Consumers } from '@tenure/platform';

import { RequestErasureHandler } from './request-erasure.handler';

/** Collects what each service did. */
@Consumers()
export class ErasureReportsConsumer {
  constructor(private readonly erasures: RequestErasureHandler) {}

  @Consume(topics.erasureReports)
  applied(batch: readonly Envelope<ErasureApplied>[], context: BatchContext): Promise<void> {
    return this.erasures.reported(context, batch);
  }
}
