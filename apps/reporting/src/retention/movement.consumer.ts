import { type ArrMoved, type Envelope, type Renewal, topics } from '@tenure/contracts';
import { type BatchContext, Consume, Consumers } from '@tenure/platform';
import { ProjectMovementsHandler } from './project-movements.handler';
import { ProjectRenewalsHandler } from './project-renewals.handler';

/** What renewals tells: the ARR ledger, and the renewals that were opened and closed. */
@Consumers()
export class MovementConsumer {
  constructor(
    private readonly movements: ProjectMovementsHandler,
    private readonly renewals: ProjectRenewalsHandler,
  ) {}

  @Consume(topics.arrMovements)
  moved(batch: readonly Envelope<ArrMoved>[], { tx }: BatchContext): Promise<void> {
    return this.movements.handle(tx, batch);
  }

  @Consume(topics.renewalEvents)
  renewed(batch: readonly Envelope<Renewal>[], { tx }: BatchContext): Promise<void> {
    return this.renewals.handle(tx, batch);
  }
}
