import { Injectable } from '@nestjs/common';
import type { Envelope } from '@tenure/contracts';
import { type AccountKey, accountName, accountsOf, lockAccounts, lockFollowing, type Tx } from '@tenure/platform';

/** Tables whose rows go along when an account is merged into another; the ledger is derived again instead. */
const moving = ['renewals', 'renewal_changes'] as const;
const everything = [...moving, 'arr_movements', 'cancel_risks', 'health', 'state_events', 'state_current'] as const;

/** Which accounts live: events of merged ones are those of the account that goes on, erased ones stay erased. */
@Injectable()
export class LivingAccountsRepository {
  /** Events addressed to the accounts they belong to now; those accounts are locked. What is erased is left out. */
  async lock<T>(tx: Tx, batch: readonly Envelope<T>[]): Promise<readonly Envelope<T>[]> {
    const { events } = await lockFollowing(tx, batch);
    const erased = await this.erased(tx, accountsOf(events));
    return events.filter((event) => !(Date.parse(event.time) <= (erased.get(nameOf(event)) ?? -Infinity)));
  }

  /** The same for what our own services publish: they may still speak of an account after it was merged or erased. */
  async lockForOutputs<T>(tx: Tx, batch: readonly Envelope<T>[]): Promise<readonly Envelope<T>[]> {
    const locked = await lockAccounts(tx, accountsOf(batch));
    const gone = new Set(locked.filter((account) => account.mergedInto !== null).map(accountName));
    const erased = await this.erased(tx, locked);
    return batch.filter((event) => !gone.has(nameOf(event)) && !erased.has(nameOf(event)));
  }

  async mergeInto(tx: Tx, { tenantId, accountId }: AccountKey, into: string): Promise<void> {
    const parameters = [tenantId, accountId, into];
    await tx.query('update accounts set merged_into = $3 where tenant_id = $1 and account_id = $2', parameters);
    for (const table of moving)
      await tx.query(`update ${table} set account_id = $3 where tenant_id = $1 and account_id = $2`, parameters);
  }

  /** Removes every row and remembers since when, so that what comes late about the time before stays out. */
  async erase(tx: Tx, { tenantId, accountId }: AccountKey, at: Date): Promise<void> {
    for (const table of everything)
      await tx.query(`delete from ${table} where tenant_id = $1 and account_id = $2`, [tenantId, accountId]);
    await tx.query(
      `update accounts set erased_at = greatest(erased_at, $3::timestamptz) where tenant_id = $1 and account_id = $2`,
      [tenantId, accountId, at],
    );
  }

  private async erased(tx: Tx, keys: readonly AccountKey[]): Promise<Map<string, number>> {
    const rows = await tx.query<{ tenant_id: string; account_id: string; erased_at: Date }>(
      `select a.tenant_id, a.account_id, a.erased_at from accounts a
       join unnest($1::text[], $2::text[]) as k(tenant_id, account_id) using (tenant_id, account_id)
       where a.erased_at is not null`,
      [keys.map((key) => key.tenantId), keys.map((key) => key.accountId)],
    );
    return new Map(
      rows.map((row) => [accountName({ tenantId: row.tenant_id, accountId: row.account_id }), row.erased_at.getTime()]),
    );
  }
}

const nameOf = (event: Envelope): string => accountName({ tenantId: event.tenantid, accountId: event.subject });
