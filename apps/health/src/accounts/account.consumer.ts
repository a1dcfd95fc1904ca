import { accountDeleted, accountMerged, type AccountMerged, type Envelope, topics } from '@tenure/contracts';
import { type BatchContext, Consume, Consumers } from '@tenure/platform';

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
  async changed(batch: readonly Envelope[], context: BatchContext): Promise<void> {
    let profiles: Envelope[] = [];
    const flush = async (): Promise<void> => {
      if (profiles.length > 0) await this.record.handle(profiles, context);
      profiles = [];
    };
    for (const event of batch) {
      if (event.type === accountMerged.type) {
        await flush();
        await this.merge.handle(event as Envelope<AccountMerged>, context);
      } else if (event.type === accountDeleted.type) {
        await flush();
        await this.erase.handle(event, context);
      } else {
        profiles.push(event);
      }
    }
    await flush();
  }
}
