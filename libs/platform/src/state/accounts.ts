import type { Envelope } from '@tenure/contracts';

import { texts } from '../database/binary-array';
import type { Tx } from '../database/tx';

/** Which account of which tenant. */
export interface AccountKey {
  readonly tenantId: string;
  readonly accountId: string;
}

/** An account row that this transaction holds. */
export interface LockedAccount extends AccountKey {
  readonly version: bigint;
  /** The account that it was merged into; its events belong there. */
  readonly mergedInto: string | null;
}

interface AccountRow {
  tenant_id: string;
  account_id: string;
  version: string;
  merged_into: string | null;
}

/** A key as one string, for maps. */
export function accountName(key: AccountKey): string {
  return `${key.tenantId}:${key.accountId}`;
}

/** The accounts a batch is about, each once, in the order in which rows are locked. */
export function accountsOf(batch: readonly Envelope[]): AccountKey[] {
  const found = new Map<string, AccountKey>();
  for (const { tenantid, subject } of batch)
    found.set(`${tenantid}:${subject}`, { tenantId: tenantid, accountId: subject });
  return sorted([...found.values()]);
}

/**
 * Makes missing account rows and locks all of them until the transaction ends, in (tenant, account) order so that two
 * transactions wait for each other instead of deadlocking. Call it before reading any state of the accounts.
 */
export async function lockAccounts(tx: Tx, keys: readonly AccountKey[]): Promise<LockedAccount[]> {
  if (keys.length === 0) return [];
  const ordered = sorted(keys);
  const parameters = [texts(ordered.map((key) => key.tenantId)), texts(ordered.map((key) => key.accountId))];
  const made = tx.query(
    `insert into accounts (tenant_id, account_id) select * from unnest($1::text[], $2::text[]) on conflict do nothing`,
    parameters,
  );
  const locked = tx.query<AccountRow>(
    `select a.tenant_id, a.account_id, a.version, a.merged_into
     from accounts a join unnest($1::text[], $2::text[]) as k(tenant_id, account_id) using (tenant_id, account_id)
     order by a.tenant_id collate "C", a.account_id collate "C" for update of a`,
    parameters,
  );
  const [rows] = await Promise.all([locked, made]);
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    accountId: row.account_id,
    version: BigInt(row.version),
    mergedInto: row.merged_into,
  }));
}

/** Rewrites events of accounts that were merged away, so that they are applied to the account that lives on. */
export async function followMerges<T>(tx: Tx, batch: readonly Envelope<T>[]): Promise<readonly Envelope<T>[]> {
  const keys = accountsOf(batch as readonly Envelope[]);
  const rows = await tx.query<{ tenant_id: string; account_id: string; merged_into: string }>(
    `with recursive chain as (
       select a.tenant_id, a.account_id, a.merged_into, 1 as depth from accounts a
       join unnest($1::text[], $2::text[]) as k(tenant_id, account_id) using (tenant_id, account_id)
       where a.merged_into is not null
       union all
       select c.tenant_id, c.account_id, a.merged_into, c.depth + 1 from chain c
       join accounts a on a.tenant_id = c.tenant_id and a.account_id = c.merged_into
       where a.merged_into is not null and c.depth < 20
     ) select distinct on (tenant_id, account_id) tenant_id, account_id, merged_into
       from chain order by tenant_id, account_id, depth desc`,
    [keys.map((key) => key.tenantId), keys.map((key) => key.accountId)],
  );
  if (rows.length === 0) return batch;
  const into = new Map(rows.map((row) => [`${row.tenant_id}:${row.account_id}`, row.merged_into]));
  return batch.map((envelope) => {
    const target = into.get(`${envelope.tenantid}:${envelope.subject}`);
    return target === undefined
      ? envelope
      : { ...envelope, subject: target, data: { ...(envelope.data as object), accountId: target } as T };
  });
}

/** Events addressed to the accounts that they belong to now, and those accounts, locked. */
export interface LockedBatch<T> {
  readonly events: readonly Envelope<T>[];
  readonly locked: readonly LockedAccount[];
}

/**
 * `lockAccounts` and, where one of them was merged away, `followMerges`, until all that it holds are alive: what is folded
 * into an account that has ended is lost to the one that lives on.
 */
export async function lockFollowing<T>(tx: Tx, batch: readonly Envelope<T>[]): Promise<LockedBatch<T>> {
  let events = batch;
  for (;;) {
    const locked = await lockAccounts(tx, accountsOf(events as readonly Envelope[]));
    if (locked.every((account) => account.mergedInto === null)) return { events, locked };
    events = await followMerges(tx, events);
  }
}

/** The two ends of a merge, locked: the account that ends and the living one that its target is by now. */
export interface MergeEnds {
  readonly from: LockedAccount;
  readonly into: LockedAccount;
}

/** Locks both accounts of a merge. Null: it is void, because the account ended before or would go on as itself. */
export async function lockForMerge(tx: Tx, from: AccountKey, intoId: string): Promise<MergeEnds | null> {
  let target = intoId;
  while (target !== from.accountId) {
    const locked = await lockAccounts(tx, [from, { tenantId: from.tenantId, accountId: target }]);
    const ends = locked.find((account) => account.accountId === from.accountId);
    const into = locked.find((account) => account.accountId === target);
    if (!ends || !into || ends.mergedInto !== null) return null;
    if (into.mergedInto === null) return { from: ends, into };
    target = into.mergedInto;
  }
  return null;
}

function sorted(keys: readonly AccountKey[]): AccountKey[] {
  const inOrder = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
  return [...keys].sort((a, b) => inOrder(a.tenantId, b.tenantId) || inOrder(a.accountId, b.accountId));
}
