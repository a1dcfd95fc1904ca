import {
  accountDeleted,
  type AccountChanged,
  accountMerged,
  type AccountMerged,
  type Envelope,
  topics,
  type UserChanged,
} from '@tenure/contracts';
import { type BatchContext, Consume, Consumers } from '@tenure/platform';

import { LearnFromTopicsHandler } from './learn-from-topics.handler';

/** Learns what accounts and users are called, from whoever published it, and lets go what waited for it. */
@Consumers()
export class DirectoryConsumer {
  constructor(private readonly learner: LearnFromTopicsHandler) {}

  @Consume(topics.accountChanges)
  async accounts(batch: readonly Envelope<AccountChanged | AccountMerged>[], context: BatchContext): Promise<void> {
    for (const run of runsOfOneKind(batch)) await this.learner.learnAccounts(context, run);
  }

  @Consume(topics.userChanges)
  users(batch: readonly Envelope<UserChanged>[], context: BatchContext): Promise<void> {
    return this.learner.learnUsers(context, batch);
  }
}

/** Changes between two merges or deletions can be learned together; those two stand alone, in their place. */
function runsOfOneKind<T>(batch: readonly Envelope<T>[]): Envelope<T>[][] {
  const runs: Envelope<T>[][] = [];
  let open: Envelope<T>[] | undefined;
  for (const event of batch) {
    const alone = event.type === accountMerged.type || event.type === accountDeleted.type;
    if (open && !alone) open.push(event);
    else runs.push((open = [event]));
    if (alone) open = undefined;
  }
  return runs;
}
