import { topics, type Envelope, type RiskAlert } from '@tenure/contracts';
import { Consume, Consumers, type BatchContext } from '@tenure/platform';
import { RouteAlertsHandler } from './route-alerts.handler';

/** Every change of every alert. */
@Consumers()
export class AlertsConsumer {
  constructor(private readonly routing: RouteAlertsHandler) {}

  @Consume(topics.riskAlerts)
  changed(batch: readonly Envelope<RiskAlert>[], context: BatchContext): Promise<void> {
    return this.routing.handle(context, batch);
  }
}
