import type { LiveChange } from '@tenure/contracts';
import type { AccountKey, Tx } from '@tenure/platform';

/** The channel on which every replica hears of changes. */
export const liveChannel = 'tenure_live';

/** What is said on the channel. */
export interface LiveNotice {
  readonly tenant: string;
  readonly account: string;
  readonly what: LiveChange['what'];
}

export class LiveChangesRepository {
  /** Tells all replicas, when and only if the transaction commits; equal notices of a transaction are one. */
  async announce(tx: Tx, keys: readonly AccountKey[], what: LiveChange['what']): Promise<void> {
    if (keys.length === 0 || what.length === 0) return;
    const notices = keys.map(({ tenantId, accountId }): LiveNotice => ({ tenant: tenantId, account: accountId, what }));
    await tx.query('select pg_notify($1, notice) from unnest($2::text[]) as notice', [
      liveChannel,
      [...new Set(notices.map((notice) => JSON.stringify(notice)))],
    ]);
  }
}
