import { type Envelope, topics } from '@tenure/contracts';
import { type BatchContext, Consume, Consumers, inAccountOrder } from '@tenure/platform';

import { RecordStateHandler } from '../state/record-state.handler';
import { EraseAccountHandler } from './erase-account.handler';
import { MergeAccountsHandler } from './merge-accounts.handler';

/** Profiles, merges and deletions, in the order in which they were said. */
@Consumers()
export class AccountConsumer {
  constructor(
    private readonly record: RecordStateHandler,
    private readonly merge: MergeAccountsHandler,
    private readonly erase: EraseAccountHandler,
  ) {}

  @Consume(topics.accountChanges)
  changed(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    return inAccountOrder(batch, {
      changed: (profiles) => this.record.handle(profiles, context),
      merged: (event) => this.merge.handle(event, context),
      deleted: (event) => this.erase.handle(event, context),
    });
  }
}
