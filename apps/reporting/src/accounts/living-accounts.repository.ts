import type { Envelope } from '@tenure/contracts';
import { type AccountKey, accountName, accountsOf, lockFollowing, type Tx } from '@tenure/platform';

/** Tables whose rows go along when an account is merged into another. */
const moving = ['timeline', 'notes', 'alerts'] as const;
/** What is told anew for the account that goes on: its ledger by renewals, its score by health. */
const staying = ['arr_movements', 'band_days'] as const;
const everything = [...moving, ...staying, 'portfolio', 'state_events', 'state_current'] as const;

/** Which accounts live: events of merged ones are those of the account that goes on, erased ones stay erased. */
export class LivingAccountsRepository {
  /** Events addressed to the accounts they belong to now; those accounts are locked. What is erased is left out. */
  async lock<T>(tx: Tx, batch: readonly Envelope<T>[]): Promise<readonly Envelope<T>[]> {
    const { events } = await lockFollowing(tx, batch);
    return this.withoutErased(tx, events);
  }

  /**
   * The same for what our own services publish. They may still speak of an account after it was erased, so of erased
   * ones only those count that came back by an input.
   */
  async lockForOutputs<T>(tx: Tx, batch: readonly Envelope<T>[]): Promise<readonly Envelope<T>[]> {
    const events = await this.lock(tx, batch);
    const keys = accountsOf(events);
    const gone = await tx.query<{ tenant_id: string; account_id: string }>(
      `select a.tenant_id, a.account_id from accounts a
       join unnest($1::text[], $2::text[]) as k(tenant_id, account_id) using (tenant_id, account_id)
       left join portfolio p using (tenant_id, account_id)
       where a.erased_at is not null and p.account_id is null`,
      [keys.map((key) => key.tenantId), keys.map((key) => key.accountId)],
    );
    const names = new Set(gone.map((row) => `${row.tenant_id}:${row.account_id}`));
    return events.filter((event) => !names.has(`${event.tenantid}:${event.subject}`));
  }

  /** The same for what is told of each account by itself: of one that was merged away it is nobody's any more. */
  async lockForOwnOutputs<T>(tx: Tx, batch: readonly Envelope<T>[]): Promise<readonly Envelope<T>[]> {
    const followed = await this.lockForOutputs(tx, batch);
    const own = new Set(batch.map(nameOf));
    return followed.filter((event) => own.has(nameOf(event)));
  }

  async mergeInto(tx: Tx, from: AccountKey, into: string): Promise<void> {
    const { tenantId, accountId } = from;
    await tx.query('update accounts set merged_into = $3 where tenant_id = $1 and account_id = $2', [
      tenantId,
      accountId,
      into,
    ]);
    for (const table of moving) {
      // A row that the other account has as well (the same event under both) stays behind and goes with the erasure.
      await tx.query(
        `insert into ${table} select (jsonb_populate_record(t, jsonb_build_object('account_id', $3::text))).*
         from ${table} t where tenant_id = $1 and account_id = $2 on conflict do nothing`,
        [tenantId, accountId, into],
      );
      await tx.query(`delete from ${table} where tenant_id = $1 and account_id = $2`, [tenantId, accountId]);
    }
    for (const table of staying) {
      await tx.query(`delete from ${table} where tenant_id = $1 and account_id = $2`, [tenantId, accountId]);
    }
    await tx.query('update portfolio set merged_into = $3 where tenant_id = $1 and account_id = $2', [
      tenantId,
      accountId,
      into,
    ]);
    await tx.query('update portfolio set parent_id = $3 where tenant_id = $1 and parent_id = $2 and account_id <> $3', [
      tenantId,
      accountId,
      into,
    ]);
  }

  /** Removes every row and remembers since when, so that what comes late about the time before stays out. */
  async erase(tx: Tx, { tenantId, accountId }: AccountKey, at: Date): Promise<void> {
    for (const table of everything) {
      await tx.query(`delete from ${table} where tenant_id = $1 and account_id = $2`, [tenantId, accountId]);
    }
    await tx.query(
      `update accounts set erased_at = greatest(erased_at, $3::timestamptz) where tenant_id = $1 and account_id = $2`,
      [tenantId, accountId, at],
    );
  }

  private async withoutErased<T>(tx: Tx, events: readonly Envelope<T>[]): Promise<readonly Envelope<T>[]> {
    const keys = accountsOf(events);
    const rows = await tx.query<{ tenant_id: string; account_id: string; erased_at: Date }>(
      `select a.tenant_id, a.account_id, a.erased_at from accounts a
       join unnest($1::text[], $2::text[]) as k(tenant_id, account_id) using (tenant_id, account_id)
       where a.erased_at is not null`,
      [keys.map((key) => key.tenantId), keys.map((key) => key.accountId)],
    );
    if (rows.length === 0) return events;
    const erased = new Map(rows.map((row) => [`${row.tenant_id}:${row.account_id}`, row.erased_at.getTime()]));
    return events.filter((event) => {
      const at = erased.get(accountName({ tenantId: event.tenantid, accountId: event.subject }));
      return at === undefined || Date.parse(event.time) > at;
    });
  }
}

const nameOf = (event: Envelope): string => [event.tenantid, event.subject, event.source, event.id].join('\n');
