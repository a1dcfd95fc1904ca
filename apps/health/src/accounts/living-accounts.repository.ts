import { Injectable } from '@nestjs/common';
import type { Envelope } from '@tenure/contracts';
import {
  type AccountKey,
  accountName,
  accountsOf,
  type LockedAccount,
  type LockedBatch,
  lockFollowing,
  type Tx,
} from '@tenure/platform';

/** Which accounts live: events of merged ones are those of the account that goes on, erased ones stay erased. */
@Injectable()
export class LivingAccountsRepository {
  /** Events addressed to the accounts they belong to now, and those accounts, locked. What is erased is left out. */
  async lock<T>(tx: Tx, batch: readonly Envelope<T>[]): Promise<LockedBatch<T>> {
    const [{ events, locked }, asked] = await Promise.all([
      lockFollowing(tx, batch),
      // Sent behind the lock, so it sees what is true while the lock is held.
      this.erased(tx, accountsOf(batch as readonly Envelope[])),
    ]);
    const erased = events === batch ? asked : await this.erased(tx, locked);
    if (erased.size === 0) return { events, locked };
    const kept = events.filter((event) => !(Date.parse(event.time) <= (erased.get(nameOf(event)) ?? -Infinity)));
    const named = new Set(kept.map(nameOf));
    return { events: kept, locked: locked.filter((account) => named.has(accountName(account))) };
  }

  /** Those of them that are accounts still: not merged away, and not erased without having come back. */
  async present(tx: Tx, accounts: readonly LockedAccount[]): Promise<LockedAccount[]> {
    const rows = await tx.query<{ tenant_id: string; account_id: string }>(
      `select a.tenant_id, a.account_id from accounts a
       join unnest($1::text[], $2::text[]) as k(tenant_id, account_id) using (tenant_id, account_id)
       where a.merged_into is null and (a.erased_at is null or a.first_seen is not null)`,
      columns(accounts),
    );
    const present = new Set(rows.map((row) => accountName({ tenantId: row.tenant_id, accountId: row.account_id })));
    return accounts.filter((account) => present.has(accountName(account)));
  }

  private async erased(tx: Tx, accounts: readonly AccountKey[]): Promise<Map<string, number>> {
    const rows = await tx.query<{ tenant_id: string; account_id: string; erased_at: Date }>(
      `select a.tenant_id, a.account_id, a.erased_at from accounts a
       join unnest($1::text[], $2::text[]) as k(tenant_id, account_id) using (tenant_id, account_id)
       where a.erased_at is not null`,
      columns(accounts),
    );
    return new Map(
      rows.map((row) => [accountName({ tenantId: row.tenant_id, accountId: row.account_id }), row.erased_at.getTime()]),
    );
  }
}

const columns = (keys: readonly AccountKey[]) => [keys.map((key) => key.tenantId), keys.map((key) => key.accountId)];
const nameOf = (event: Envelope): string => accountName({ tenantId: event.tenantid, accountId: event.subject });
