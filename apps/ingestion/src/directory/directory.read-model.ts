import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

import { isUserKey, type ReferenceKey } from '../intake/reference.domain';
import { type NamedAccount, namedAccount } from './account-names.domain';
import type { Stay } from './membership.domain';

interface StayRow {
  asked: string;
  distance: number;
  since: Date;
  account_id: string;
}

interface NameRow {
  reference: string;
  account_id: string;
  strength: NamedAccount['strength'];
  stated_at: Date;
}

/** Reads where references lead. */
@Injectable()
export class DirectoryReadModel {
  /** The stays of every key that leads anywhere; a key that does not is left out. */
  async find(tx: Tx, tenantId: string, keys: readonly ReferenceKey[]): Promise<Map<ReferenceKey, readonly Stay[]>> {
    const users = keys.filter(isUserKey);
    const others = keys.filter((key) => !isUserKey(key));
    const found = users.length > 0 ? await this.stays(tx, tenantId, users) : new Map<ReferenceKey, Stay[]>();
    const named = others.length > 0 ? await this.names(tx, tenantId, others) : [];
    for (const [key, accountId] of named) found.set(key, [{ since: -Infinity, accountId }]);
    return found;
  }

  /** The keys that share these users: earlier and later names. */
  async linked(tx: Tx, tenantId: string, keys: readonly ReferenceKey[]): Promise<ReferenceKey[]> {
    const rows = await tx.query<{ key: string }>(
      `select from_key as key from user_links where tenant_id = $1 and to_key = any($2::text[])
       union select to_key from user_links where tenant_id = $1 and from_key = any($2::text[])`,
      [tenantId, keys],
    );
    return rows.map((row) => row.key);
  }

  /** Accounts whose name is one of these, by `searchName`. */
  accountsNamed(
    tx: Tx,
    tenantId: string,
    names: readonly string[],
  ): Promise<{ account_id: string; name: string; search_name: string }[]> {
    return tx.query(
      `select account_id, name, search_name from known_accounts
       where tenant_id = $1 and search_name = any($2::text[]) order by account_id limit 200`,
      [tenantId, names],
    );
  }

  /** Every account that these references were stated or seen for. */
  claimsOn(tx: Tx, tenantId: string, references: readonly string[]): Promise<(NameRow & { name: string | null })[]> {
    return tx.query(
      `select n.reference, n.account_id, n.strength, n.stated_at, a.name from account_names n
       left join known_accounts a on a.tenant_id = n.tenant_id and a.account_id = n.account_id
       where n.tenant_id = $1 and n.reference = any($2::text[]) order by n.reference, n.account_id limit 1000`,
      [tenantId, references],
    );
  }

  /**
   * What a user's own calls said counts; only without any, what is known of their other names: first of the user that
   * they became, then of those that became them. Of repeated calls only the changes are read.
   */
  private async stays(tx: Tx, tenantId: string, keys: readonly string[]): Promise<Map<ReferenceKey, Stay[]>> {
    const rows = await tx.query<StayRow>(
      `with asked as (select distinct unnest($2::text[]) as key),
       names as (
         select key as asked, key, 0 as distance from asked
         union all
         select a.key, l.to_key, 1 from asked a join user_links l on l.tenant_id = $1 and l.from_key = a.key
         union all
         select a.key, l.from_key, 2 from asked a join user_links l on l.tenant_id = $1 and l.to_key = a.key),
       calls as (
         select n.asked, n.distance, m.since, m.account_id,
           lag(m.account_id) over (partition by n.asked, n.distance order by m.since, m.account_id) as before
         from names n join memberships m on m.tenant_id = $1 and m.user_key = n.key)
       select asked, distance, since, account_id from calls
       where before is distinct from account_id order by asked, distance`,
      [tenantId, keys],
    );
    const nearest = new Map<string, number>();
    const found = new Map<ReferenceKey, Stay[]>();
    for (const row of rows) {
      if ((nearest.get(row.asked) ?? row.distance) < row.distance) continue;
      nearest.set(row.asked, row.distance);
      const stays = found.get(row.asked) ?? [];
      stays.push({ since: row.since.getTime(), accountId: row.account_id });
      found.set(row.asked, stays);
    }
    return found;
  }

  private async names(tx: Tx, tenantId: string, keys: readonly string[]): Promise<[ReferenceKey, string][]> {
    const rows = await tx.query<NameRow>(
      `select reference, account_id, strength, stated_at from account_names
       where tenant_id = $1 and reference = any($2::text[])`,
      [tenantId, keys],
    );
    const claims = Map.groupBy(rows, (row) => row.reference);
    return [...claims].flatMap(([reference, list]) => {
      const accountId = namedAccount(reference, list.map(claimOf));
      return accountId === undefined ? [] : [[reference, accountId] as [ReferenceKey, string]];
    });
  }
}

const claimOf = (row: NameRow): NamedAccount => ({
  accountId: row.account_id,
  strength: row.strength,
  statedAtMs: row.stated_at.getTime(),
});
