import { type AccountChanged, type AccountDeleted, type AccountMerged, type Envelope, topics } from '@tenure/contracts';
import { type BatchContext, Consume, Consumers } from '@tenure/platform';
import { ChangeAccountsHandler } from './change-accounts.handler';
import { RecordStateHandler } from './record-state.handler';

/** Accounts and their contracts. */
@Consumers()
export class AccountConsumer {
  constructor(
    private readonly accounts: ChangeAccountsHandler,
    private readonly record: RecordStateHandler,
  ) {}

  @Consume(topics.accountChanges)
  changes(
    batch: readonly Envelope<AccountChanged | AccountMerged | AccountDeleted>[],
    context: BatchContext,
  ): Promise<void> {
    return this.accounts.handle(batch, context);
  }

  @Consume(topics.contractChanges)
  contracts(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return this.record.handle(batch, context);
  }
}
