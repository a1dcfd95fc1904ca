import type { Ask, DerivedState } from '@tenure/platform';
import { bitmapOrdinals, unpackedUses } from '@tenure/scoring';

import { evaluationDue } from '../evaluation/evaluation.domain';

interface Named {
  readonly account_id: string;
}

interface DayRow extends Named {
  readonly day: number;
  readonly known_day: number;
  readonly events: string;
  readonly users: Buffer;
  readonly last_at: string | null;
  readonly uses: Buffer;
}

interface UserRow extends Named {
  readonly user_id: string;
  readonly ordinal: number;
  readonly kind: string;
}

interface NameRow extends Named {
  readonly number: number;
  readonly name: string;
}

const accountsAtOnce = 100;

/**
 * Histories, rollups and profiles are functions of the events. Numbers that stand for users and names depend on who came
 * first, so the canonical text has users and names themselves. Left out is what tells of our own processing: row
 * versions, when an account was judged, and the times between deliveries, of which a crash may lose two seconds.
 */
export const derivedState: DerivedState = {
  tables: ['account_users', 'event_names', 'usage_days', 'state_events', 'state_current', 'inputs'],
  columns: [
    { table: 'accounts', key: ['tenant_id', 'account_id'], columns: ['first_seen', 'merged_into', 'erased_at'] },
    { table: 'tenants', key: ['tenant_id'], columns: ['name', 'time_zone', 'currency', 'settings'] },
  ],
  // What was erased stays erased: that is a tombstone, not a conclusion.
  reset: ['update accounts set first_seen = null, merged_into = null, version = version + 1'],
  afterwards: [
    `insert into system.due (tenant_id, account_id, kind, due_at)
     select tenant_id, account_id, '${evaluationDue}', now() from accounts where first_seen is not null and merged_into is null
     on conflict (tenant_id, account_id, kind) do update set due_at = excluded.due_at`,
  ],
  canonical: lines,
};

async function* lines(ask: Ask, tenant: string): AsyncGenerator<string> {
  yield* plain(ask, tenant, 'tenant', `select name, time_zone, currency, settings from tenants where tenant_id = $1`);
  yield* plain(ask, tenant, 'input', `select kind from inputs where tenant_id = $1 order by kind`);
  for (let after = ''; ;) {
    const accounts = await ask<Named>(
      `select account_id from accounts where tenant_id = $1 and account_id collate "C" > $2
       order by account_id collate "C" limit ${accountsAtOnce}`,
      [tenant, after],
    );
    const last = accounts.at(-1);
    if (!last) return;
    yield* accountLines(
      ask,
      tenant,
      accounts.map((row) => row.account_id),
    );
    after = last.account_id;
  }
}

async function* accountLines(ask: Ask, tenant: string, accounts: readonly string[]): AsyncGenerator<string> {
  const ours = 'tenant_id = $1 and account_id = any($2)';
  yield* plain(
    ask,
    tenant,
    'account',
    `select account_id, case when merged_into is null then first_seen end as first_seen, merged_into, erased_at from accounts
     where ${ours} and coalesce(first_seen::text, merged_into, erased_at::text) is not null order by account_id collate "C"`,
    accounts,
  );
  yield* usageLines(ask, tenant, accounts);
  // What was said of an account that was merged away before it was is told of nobody any more.
  const living = `${ours} and account_id in (select account_id from accounts where tenant_id = $1 and merged_into is null)`;
  yield* plain(
    ask,
    tenant,
    'event',
    `select * from state_events where ${living}
     order by account_id collate "C", entity, entity_id collate "C", time, source collate "C", id collate "C"`,
    accounts,
  );
  yield* plain(
    ask,
    tenant,
    'state',
    `select * from state_current where ${living} order by account_id collate "C", entity, entity_id collate "C"`,
    accounts,
  );
}

/** Rows as the database itself writes them as JSON, whose field order is fixed. */
async function* plain(
  ask: Ask,
  tenant: string,
  word: string,
  sql: string,
  accounts?: readonly string[],
): AsyncGenerator<string> {
  const rows = await ask<{ line: string }>(
    `select row_to_json(r)::text as line from (${sql}) as r`,
    accounts ? [tenant, accounts] : [tenant],
  );
  for (const { line } of rows) yield `${word} ${tenant} ${line}`;
}

async function* usageLines(ask: Ask, tenant: string, accounts: readonly string[]): AsyncGenerator<string> {
  const of = <Row>(columns: string, table: string) =>
    ask<Row>(`select account_id, ${columns} from ${table} where tenant_id = $1 and account_id = any($2)`, [
      tenant,
      accounts,
    ]);
  const users = Map.groupBy(await of<UserRow>('user_id, ordinal, kind', 'account_users'), (row) => row.account_id);
  const names = Map.groupBy(await of<NameRow>('number, name', 'event_names'), (row) => row.account_id);
  const days = Map.groupBy(
    await of<DayRow>('day, known_day, events, users, last_at::text, uses', 'usage_days'),
    (row) => row.account_id,
  );
  for (const account of accounts) {
    const own = users.get(account) ?? [];
    for (const { user_id, kind } of own.toSorted(by((row) => row.user_id)))
      yield `user ${tenant} ${JSON.stringify([account, user_id, kind])}`;
    const people = new Map(own.map((row) => [row.ordinal, row.user_id]));
    const called = new Map((names.get(account) ?? []).map((row) => [row.number, row.name]));
    const inOrder = (days.get(account) ?? []).toSorted((a, b) => a.day - b.day || a.known_day - b.known_day);
    for (const row of inOrder) yield `day ${tenant} ${JSON.stringify([account, ...dayOf(row, people, called)])}`;
  }
}

function dayOf(row: DayRow, people: ReadonlyMap<number, string>, names: ReadonlyMap<number, string>): unknown[] {
  const who = (bits: Uint8Array) =>
    bitmapOrdinals(bits)
      .map((ordinal) => people.get(ordinal) ?? ordinal)
      .sort((a, b) => (String(a) < String(b) ? -1 : 1));
  const uses = [...unpackedUses(row.uses.toString('latin1'))]
    .map((use) => [names.get(use.name) ?? use.name, use.events, who(use.users)] as const)
    .sort(by(([name]) => String(name)));
  return [row.day, row.known_day, row.events, row.last_at, who(row.users), uses];
}

const by =
  <T>(key: (row: T) => string) =>
  (a: T, b: T): number =>
    key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
