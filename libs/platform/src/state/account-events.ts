import {
  accountDeleted,
  type AccountDeleted,
  accountMerged,
  type AccountMerged,
  type Envelope,
} from '@tenure/contracts';

/** What a service does with each kind of event of the topic `account-changes`. */
export interface AccountEventSteps<E extends Envelope> {
  /** Profiles that were told one after the other. */
  changed(batch: readonly E[]): Promise<void>;
  merged(event: Envelope<AccountMerged>): Promise<void>;
  deleted(event: Envelope<AccountDeleted>): Promise<void>;
}

/** Takes the steps in the order of the batch: what was told before a merge or a deletion is applied before it. */
export async function inAccountOrder<E extends Envelope>(
  batch: readonly E[],
  steps: AccountEventSteps<E>,
): Promise<void> {
  let profiles: E[] = [];
  const flush = async (): Promise<void> => {
    if (profiles.length > 0) await steps.changed(profiles);
    profiles = [];
  };
  for (const event of batch) {
    const merged = event.type === accountMerged.type;
    if (!merged && event.type !== accountDeleted.type) {
      profiles.push(event);
      continue;
    }
    await flush();
    if (merged) await steps.merged(event as Envelope as Envelope<AccountMerged>);
    else await steps.deleted(event as Envelope as Envelope<AccountDeleted>);
  }
  await flush();
}
