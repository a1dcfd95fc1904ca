import { type Envelope, type RiskAlert, topics } from '@tenure/contracts';
import { type BatchContext, Consume, Consumers } from '@tenure/platform';
import { ProjectAlertsHandler } from './project-alerts.handler';

@Consumers()
export class AlertConsumer {
  constructor(private readonly project: ProjectAlertsHandler) {}

  @Consume(topics.riskAlerts)
  alerts(batch: readonly Envelope<RiskAlert>[], { tx }: BatchContext): Promise<void> {
    return this.project.handle(tx, batch);
  }
}
