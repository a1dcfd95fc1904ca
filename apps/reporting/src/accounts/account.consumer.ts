import { type AccountChanged, type AccountDeleted, type AccountMerged, type Envelope, topics } from '@tenure/contracts';
import { type BatchContext, Consume, Consumers } from '@tenure/platform';
import { ChangeAccountsHandler } from './change-accounts.handler';
import { FoldStateHandler } from './fold-state.handler';

/** Everything that tenants' systems tell about accounts, and what belongs to them. */
@Consumers()
export class AccountConsumer {
  constructor(
    private readonly accounts: ChangeAccountsHandler,
    private readonly fold: FoldStateHandler,
  ) {}

  @Consume(topics.accountChanges)
  changes(
    batch: readonly Envelope<AccountChanged | AccountMerged | AccountDeleted>[],
    context: BatchContext,
  ): Promise<void> {
    return this.accounts.handle(batch, context);
  }

  @Consume(topics.userChanges)
  users(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.fold.handle(batch, context);
  }

  @Consume(topics.stakeholderChanges)
  stakeholders(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.fold.handle(batch, context);
  }

  @Consume(topics.ticketEvents)
  tickets(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.fold.handle(batch, context);
  }

  @Consume(topics.contractChanges)
  contracts(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.fold.handle(batch, context);
  }

  @Consume(topics.billingEvents)
  invoices(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.fold.handle(batch, context);
  }

  @Consume(topics.surveyResponses)
  surveys(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.fold.handle(batch, context);
  }

  @Consume(topics.touchpointEvents)
  touchpoints(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.fold.handle(batch, context);
  }
}
