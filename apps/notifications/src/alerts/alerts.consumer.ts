import { topics, type Envelope, type RiskAlert } from '@tenure/contracts';
import { Consume, Consumers, type BatchContext } from '@tenure/platform';
import { ForgetAccountHandler } from './forget-account.handler';
import { RouteAlertsHandler } from './route-alerts.handler';

/** Every change of every alert, and the accounts that are to be forgotten. */
@Consumers()
export class AlertsConsumer {
  constructor(
    private readonly routing: RouteAlertsHandler,
    private readonly forgetting: ForgetAccountHandler,
  ) {}

  @Consume(topics.riskAlerts)
  changed(batch: readonly Envelope<RiskAlert>[], context: BatchContext): Promise<void> {
    return this.routing.handle(context, batch);
  }

  @Consume(topics.accountChanges)
  deleted(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.forgetting.handle(context, batch);
  }
}
