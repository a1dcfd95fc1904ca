import { randomBytes } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import { type AccountKey, accountName, type LockedAccount, type Tx } from '@tenure/platform';

import { HealthConfig } from '../health.config';
import { TenantFactsReadModel } from '../tenants/tenant-facts.read-model';
import { AccountStatesReadModel } from './account-states.read-model';
import { holidaysOf } from './country-holidays.projection';
import { HotAccount } from './hot-account.entity';

const readAtOnce = 50;

/**
 * Accounts in memory, so that a batch does not read a year of history for each. An entry is used only while the locked
 * row still has its version, so another process or a rollback makes it worthless by itself: every transaction that
 * changes an account writes a version that nobody wrote before.
 */
@Injectable()
export class HotAccounts {
  private readonly entries = new Map<string, { readonly version: bigint; readonly account: HotAccount }>();

  constructor(
    private readonly states: AccountStatesReadModel,
    private readonly tenants: TenantFactsReadModel,
    private readonly config: HealthConfig,
  ) {}

  /** The locked accounts, from memory where the row is unchanged, else from the tables. */
  async load(tx: Tx, locked: readonly LockedAccount[]): Promise<HotAccount[]> {
    const known = new Map<string, HotAccount>();
    for (const key of locked) {
      const name = accountName(key);
      const entry = this.entries.get(name);
      this.entries.delete(name);
      if (entry?.version === key.version) known.set(name, entry.account);
    }
    const missing = locked.filter((key) => !known.has(accountName(key)));
    for (const account of await this.read(tx, missing)) known.set(accountName(account.key), account);
    const found = locked.flatMap((key) => known.get(accountName(key)) ?? []);
    return this.refreshed(tx, found);
  }

  /** Writes a new version of each row and keeps the accounts in memory under it. */
  async save(tx: Tx, accounts: readonly HotAccount[]): Promise<void> {
    const versions = accounts.map(() => randomBytes(8).readBigUInt64BE() >> 1n);
    await tx.query(
      `update accounts a set version = r.version, first_seen = r.first_seen, importing = r.importing,
         evaluated_at = to_timestamp(r.evaluated_at / 1000.0)
       from unnest($1::text[], $2::text[], $3::bigint[], $4::timestamptz[], $5::boolean[], $6::double precision[])
         as r(tenant_id, account_id, version, first_seen, importing, evaluated_at)
       where a.tenant_id = r.tenant_id and a.account_id = r.account_id`,
      [
        accounts.map(({ key }) => key.tenantId),
        accounts.map(({ key }) => key.accountId),
        versions.map(String),
        accounts.map(({ history }) => new Date(history.firstSeen)),
        accounts.map(({ state }) => state.importing),
        accounts.map(({ state }) => state.evaluatedAt),
      ],
    );
    for (const [index, account] of accounts.entries()) {
      this.entries.set(accountName(account.key), { version: versions[index] ?? 0n, account });
    }
    this.shrink();
  }

  /** Drops accounts from memory, because tables they were read from were written past them. */
  forget(keys: readonly AccountKey[]): void {
    for (const key of keys) this.entries.delete(accountName(key));
  }

  /** In portions: the rows of a year of many accounts at once would take far more memory than what is kept of them. */
  private async read(tx: Tx, keys: readonly AccountKey[]): Promise<HotAccount[]> {
    const found: HotAccount[] = [];
    for (let start = 0; start < keys.length; start += readAtOnce) {
      const states = await this.states.load(tx, keys.slice(start, start + readAtOnce));
      found.push(...states.map(({ key, state }) => new HotAccount(key, state)));
    }
    return found;
  }

  /** Inputs and features are the tenant's and change without the account's row. */
  private async refreshed(tx: Tx, accounts: readonly HotAccount[]): Promise<HotAccount[]> {
    const tenants = await this.tenants.of(tx, [...new Set(accounts.map((account) => account.key.tenantId))]);
    for (const account of accounts) {
      const tenant = tenants.get(account.key.tenantId);
      if (!tenant) continue;
      const { inputs, keyFeatures, marks, ownHolidays } = tenant;
      const { history } = account;
      const holidays = holidaysOf(history.profile, ownHolidays);
      if (
        history.inputs !== inputs ||
        history.keyFeatures !== keyFeatures ||
        history.marks !== marks ||
        history.holidays !== holidays
      )
        account.put({ inputs, keyFeatures, marks, holidays });
    }
    return [...accounts];
  }

  /** The entries used longest ago go first: a Map keeps the order of insertion, and every use inserts again. */
  private shrink(): void {
    for (const name of this.entries.keys()) {
      if (this.entries.size <= this.config.hotAccounts) return;
      this.entries.delete(name);
    }
  }
}
