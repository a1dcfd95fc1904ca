import { Injectable } from '@nestjs/common';
import type { AccountKey, Tx } from '@tenure/platform';

import { HealthConfig } from '../health.config';

const derivedTables = ['account_users', 'usage_days', 'event_names', 'state_events', 'state_current'];
const recordedTables = ['signal_states', 'alerts', 'score_days', 'pulses', 'overrides'];

/** Ends accounts: merged away, or forgotten. A replay of the log ends what is derived of them, and nothing else. */
@Injectable()
export class AccountRepository {
  constructor(private readonly config: HealthConfig) {}

  /** Its rollups have moved; what comes for it from now on goes to the other one. */
  async close(tx: Tx, from: AccountKey, into: AccountKey): Promise<void> {
    for (const table of ['account_users', 'usage_days', 'event_names', 'state_current'])
      await tx.query(`delete from ${table} where tenant_id = $1 and account_id = $2`, [from.tenantId, from.accountId]);
    if (this.config.rebuild) return this.closeRebuilt(tx, from, into);
    await tx.query('delete from signal_states where tenant_id = $1 and account_id = $2', [
      from.tenantId,
      from.accountId,
    ]);
    await tx.query(
      `update accounts set merged_into = $3, version = version + 1, health = null, arr_minor = null, active_users = null, tickets_14d = null
       where tenant_id = $1 and account_id = $2`,
      [from.tenantId, from.accountId, into.accountId],
    );
    for (const table of ['pulses', 'overrides']) {
      // What was said of the merged account ends with it, but stays to be read where the account goes on.
      await tx.query(
        `update ${table} set account_id = $3, ended_at = coalesce(ended_at, now()) where tenant_id = $1 and account_id = $2`,
        [from.tenantId, from.accountId, into.accountId],
      );
    }
  }

  /** In a replay what was decided has been carried over long ago. */
  private async closeRebuilt(tx: Tx, from: AccountKey, into: AccountKey): Promise<void> {
    await tx.query(
      'update accounts set merged_into = $3, version = version + 1 where tenant_id = $1 and account_id = $2',
      [from.tenantId, from.accountId, into.accountId],
    );
  }

  /** Removes every row of an account but its own, which says since when it is erased and goes on counting versions. */
  async erase(tx: Tx, key: AccountKey, at: Date): Promise<void> {
    const tables = this.config.rebuild ? derivedTables : [...derivedTables, ...recordedTables];
    for (const table of tables) {
      await tx.query(`delete from ${table} where tenant_id = $1 and account_id = $2`, [key.tenantId, key.accountId]);
    }
    if (this.config.rebuild) {
      await tx.query(
        `update accounts set erased_at = greatest(erased_at, $3::timestamptz), version = version + 1, first_seen = null
         where tenant_id = $1 and account_id = $2`,
        [key.tenantId, key.accountId, at],
      );
      return;
    }
    await tx.query(
      `update accounts set erased_at = greatest(erased_at, $3::timestamptz), version = version + 1, importing = false,
         first_seen = null, evaluated_at = null, segment = null, arr_minor = null, currency = null, active_users = null,
         tickets_14d = null, health = null
       where tenant_id = $1 and account_id = $2`,
      [key.tenantId, key.accountId, at],
    );
  }
}
