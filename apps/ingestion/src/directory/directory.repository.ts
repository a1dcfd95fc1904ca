import { Injectable } from '@nestjs/common';
import type { Tx } from '@tenure/platform';

import { searchName } from './account-names.domain';
import type { Identity, Link, Membership, Statement } from './statement.domain';

const iso = (ms: number) => new Date(ms).toISOString();
const byFirst = ([a]: readonly [string, string], [b]: readonly [string, string]) => (a < b ? -1 : 1);

/** Writes what is learned about who belongs to which account. Every method may be repeated. */
@Injectable()
export class DirectoryRepository {
  async learn(tx: Tx, tenantId: string, statements: readonly Statement[]): Promise<void> {
    await this.addMemberships(
      tx,
      tenantId,
      statements.filter((each) => each.kind === 'membership'),
    );
    await this.addLinks(
      tx,
      tenantId,
      statements.filter((each) => each.kind === 'link'),
    );
    await this.addIdentities(
      tx,
      tenantId,
      statements.filter((each) => each.kind === 'identity'),
    );
  }

  /** A user who was never put into an account by a call belongs to the one that an event of theirs names. */
  async addFirstMemberships(tx: Tx, tenantId: string, list: readonly Membership[]): Promise<void> {
    if (list.length === 0) return;
    await tx.query(
      `insert into memberships (tenant_id, user_key, since, account_id)
       select distinct on (n.user_key) $1, n.user_key, n.since, n.account_id
       from unnest($2::text[], $3::timestamptz[], $4::text[]) as n(user_key, since, account_id)
       where not exists (select 1 from memberships m where m.tenant_id = $1 and m.user_key = n.user_key)
       order by n.user_key, n.since, n.account_id
       on conflict do nothing`,
      [
        tenantId,
        list.map((each) => each.key),
        list.map((each) => iso(each.sinceMs)),
        list.map((each) => each.accountId),
      ],
    );
  }

  /** A person said that this reference means this account; it outweighs everything else. */
  async match(tx: Tx, tenantId: string, reference: string, accountId: string, at: Date): Promise<void> {
    await tx.query(`delete from account_names where tenant_id = $1 and reference = $2 and strength = 'matched'`, [
      tenantId,
      reference,
    ]);
    await tx.query(
      `insert into account_names (tenant_id, reference, account_id, strength, stated_at) values ($1, $2, $3, 'matched', $4)
       on conflict (tenant_id, reference, account_id) do update set strength = 'matched', stated_at = excluded.stated_at`,
      [tenantId, reference, accountId, at],
    );
  }

  /** Keeps accounts' names for suggestions; one without a name only becomes known. Each account once. */
  async nameAccounts(tx: Tx, tenantId: string, names: ReadonlyMap<string, string | undefined>): Promise<void> {
    if (names.size === 0) return;
    const list = [...names].sort(([a], [b]) => (a < b ? -1 : 1));
    await tx.query(
      `insert into known_accounts (tenant_id, account_id, name, search_name)
       select $1, n.account_id, n.name, n.search_name
       from unnest($2::text[], $3::text[], $4::text[]) as n(account_id, name, search_name)
       on conflict (tenant_id, account_id) do update set
         name = coalesce(excluded.name, known_accounts.name),
         search_name = coalesce(excluded.search_name, known_accounts.search_name)`,
      [
        tenantId,
        list.map(([accountId]) => accountId),
        list.map(([, name]) => name ?? null),
        list.map(([, name]) => (name === undefined ? null : searchName(name))),
      ],
    );
  }

  /** `accountId` goes on as `intoId`: everything that led to it leads there. */
  async merge(tx: Tx, tenantId: string, accountId: string, intoId: string): Promise<void> {
    await tx.query(
      `insert into memberships (tenant_id, user_key, since, account_id)
       select tenant_id, user_key, since, $3 from memberships where tenant_id = $1 and account_id = $2
       on conflict do nothing`,
      [tenantId, accountId, intoId],
    );
    await tx.query(
      `insert into account_names (tenant_id, reference, account_id, strength, stated_at)
       select tenant_id, reference, $3, strength, stated_at from account_names where tenant_id = $1 and account_id = $2
       on conflict do nothing`,
      [tenantId, accountId, intoId],
    );
    await this.forget(tx, tenantId, accountId);
  }

  /** Nothing leads to the account any more. */
  async forget(tx: Tx, tenantId: string, accountId: string): Promise<void> {
    for (const table of ['memberships', 'account_names', 'known_accounts']) {
      await tx.query(`delete from ${table} where tenant_id = $1 and account_id = $2`, [tenantId, accountId]);
    }
  }

  /** Links of earlier names that lead nowhere yet: what was said later, and came first, stays. */
  async addMissingLinks(tx: Tx, tenantId: string, list: readonly Link[]): Promise<void> {
    const first = [...new Map(list.toReversed().map((each) => [each.from, each.to]))].sort(byFirst);
    if (first.length === 0) return;
    await tx.query(
      `insert into user_links (tenant_id, from_key, to_key)
       select $1, n.from_key, n.to_key from unnest($2::text[], $3::text[]) as n(from_key, to_key)
       on conflict (tenant_id, from_key) do nothing`,
      [tenantId, first.map(([from]) => from), first.map(([, to]) => to)],
    );
  }

  private async addMemberships(tx: Tx, tenantId: string, list: readonly Membership[]): Promise<void> {
    if (list.length === 0) return;
    await tx.query(
      `insert into memberships (tenant_id, user_key, since, account_id)
       select distinct $1, n.user_key, n.since, n.account_id
       from unnest($2::text[], $3::timestamptz[], $4::text[]) as n(user_key, since, account_id)
       order by 2, 3, 4
       on conflict do nothing`,
      [
        tenantId,
        list.map((each) => each.key),
        list.map((each) => iso(each.sinceMs)),
        list.map((each) => each.accountId),
      ],
    );
  }

  private async addLinks(tx: Tx, tenantId: string, list: readonly Link[]): Promise<void> {
    // The last of a batch wins, as it would one by one; sorted, so that two batches never wait for each other in a ring.
    const last = [...new Map(list.map((each) => [each.from, each.to]))].sort(byFirst);
    if (last.length === 0) return;
    await tx.query(
      `insert into user_links (tenant_id, from_key, to_key)
       select $1, n.from_key, n.to_key from unnest($2::text[], $3::text[]) as n(from_key, to_key)
       on conflict (tenant_id, from_key) do update set to_key = excluded.to_key
       where user_links.to_key <> excluded.to_key`,
      [tenantId, last.map(([from]) => from), last.map(([, to]) => to)],
    );
  }

  private async addIdentities(tx: Tx, tenantId: string, list: readonly Identity[]): Promise<void> {
    if (list.length === 0) return;
    await tx.query(
      `insert into account_names (tenant_id, reference, account_id, strength, stated_at)
       select distinct on (n.reference, n.account_id) $1, n.reference, n.account_id, n.strength, n.stated_at
       from unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[]) as n(reference, account_id, strength, stated_at)
       order by n.reference, n.account_id, n.strength desc, n.stated_at desc
       on conflict (tenant_id, reference, account_id) do update set
         strength = excluded.strength, stated_at = greatest(excluded.stated_at, account_names.stated_at)
       where account_names.strength <> 'matched' and excluded.strength = 'stated'
         and (account_names.strength = 'seen' or account_names.stated_at < excluded.stated_at)`,
      [
        tenantId,
        list.map((each) => each.key),
        list.map((each) => each.accountId),
        list.map((each) => each.strength),
        list.map((each) => iso(each.sinceMs)),
      ],
    );
  }
}
