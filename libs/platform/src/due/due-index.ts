import type { Tx } from '../database/tx';
import type { AccountKey } from '../state/accounts';

/** Something about an account that can change by the clock alone, at this instant at the earliest. */
export interface Due extends AccountKey {
  /** What is due, so that several things of one account can wait. */
  readonly kind: string;
  readonly dueAt: Date;
}

/**
 * Arms due times, lazily: an existing one only moves earlier, never later. A row that fires too early is evaluated again
 * and re-armed, which is cheaper than a write for every event.
 */
export async function armDue(tx: Tx, dues: readonly Due[]): Promise<void> {
  if (dues.length === 0) return;
  const once = [...new Map(dues.map((due) => [`${due.tenantId}\n${due.accountId}\n${due.kind}`, due])).values()];
  await tx.query(
    `with armed as (
       insert into system.due as d (tenant_id, account_id, kind, due_at)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[])
       on conflict (tenant_id, account_id, kind) do update set due_at = excluded.due_at where excluded.due_at < d.due_at
       returning 1
     ) select pg_notify('tenure_due', '') where exists (select from armed)`,
    [
      once.map((due) => due.tenantId),
      once.map((due) => due.accountId),
      once.map((due) => due.kind),
      once.map((due) => due.dueAt),
    ],
  );
}

/** What is due by now, oldest first; takes no lock, because the accounts must be locked first. */
export async function findDue(tx: Tx, kind: string, now: Date, limit: number): Promise<AccountKey[]> {
  const rows = await tx.query<{ tenant_id: string; account_id: string }>(
    `select tenant_id, account_id from system.due where kind = $1 and due_at <= $2 order by due_at limit $3`,
    [kind, now, limit],
  );
  return rows.map((row) => ({ tenantId: row.tenant_id, accountId: row.account_id }));
}

/** Takes rows that are (still) due; the accounts are locked. Answers those that were taken. */
export async function takeDue(tx: Tx, kind: string, now: Date, keys: readonly AccountKey[]): Promise<AccountKey[]> {
  const rows = await tx.query<{ tenant_id: string; account_id: string }>(
    `delete from system.due d using unnest($1::text[], $2::text[]) as k(tenant_id, account_id)
     where d.tenant_id = k.tenant_id and d.account_id = k.account_id and d.kind = $3 and d.due_at <= $4
     returning d.tenant_id, d.account_id`,
    [keys.map((key) => key.tenantId), keys.map((key) => key.accountId), kind, now],
  );
  return rows.map((row) => ({ tenantId: row.tenant_id, accountId: row.account_id }));
}

/** Puts off what is due and cannot be evaluated now. */
export async function postponeDue(tx: Tx, kind: string, key: AccountKey, now: Date, until: Date): Promise<void> {
  await tx.query(
    `update system.due set due_at = $5 where tenant_id = $1 and account_id = $2 and kind = $3 and due_at <= $4`,
    [key.tenantId, key.accountId, kind, now, until],
  );
}

/** The next due time of a kind. */
export async function nextDue(tx: Tx, kind: string): Promise<Date | null> {
  const rows = await tx.query<{ due_at: Date | null }>('select min(due_at) as due_at from system.due where kind = $1', [
    kind,
  ]);
  return rows[0]?.due_at ?? null;
}
