import { type Envelope, topics } from '@tenure/contracts';
import { type BatchContext, Consume, Consumers } from '@tenure/platform';

import { RecordStateHandler } from './record-state.handler';

/** Everything about an account that is not usage and not its profile. */
@Consumers()
export class StateConsumer {
  constructor(private readonly record: RecordStateHandler) {}

  @Consume(topics.userChanges)
  users(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.record.handle(batch, context, 'users');
  }

  @Consume(topics.ticketEvents)
  tickets(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.record.handle(batch, context, 'tickets');
  }

  @Consume(topics.stakeholderChanges)
  stakeholders(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.record.handle(batch, context, 'stakeholders');
  }

  @Consume(topics.surveyResponses)
  surveys(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.record.handle(batch, context, 'surveys');
  }

  @Consume(topics.touchpointEvents)
  touchpoints(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.record.handle(batch, context, 'touchpoints');
  }

  @Consume(topics.contractChanges)
  contracts(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.record.handle(batch, context, 'contracts');
  }

  @Consume(topics.billingEvents)
  invoices(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.record.handle(batch, context, 'invoices');
  }

  @Consume(topics.metricReadings)
  metrics(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.record.handle(batch, context, 'metrics');
  }

  @Consume(topics.incidentEvents)
  incidents(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.record.handle(batch, context);
  }
}
