import { type Envelope, topics, type UsageRecorded } from '@tenure/contracts';
import { type BatchContext, Consume, Consumers } from '@tenure/platform';

import { FoldUsageHandler } from './fold-usage.handler';

/** Usage events, by partition. */
@Consumers()
export class UsageConsumer {
  constructor(private readonly fold: FoldUsageHandler) {}

  @Consume(topics.usageEvents)
  recorded(batch: readonly Envelope<UsageRecorded>[], context: BatchContext): Promise<void> {
    return this.fold.handle(batch, context);
  }
}
