import { Injectable } from '@nestjs/common';
import type { RenewalRow } from '@tenure/contracts';
import { type AccountKey, accountName, type Tx } from '@tenure/platform';
import type { Forecast } from './forecast.domain';
import type { RenewalFacts } from './renewal-candidates.domain';
import type { KeptRenewal } from './renewal-changes.domain';
import type { HistoryEntry } from './renewal-history.domain';
import type { Call } from './renewal-row.domain';

interface Row {
  tenant_id: string;
  account_id: string;
  renewal_id: string;
  version: string;
  open: boolean;
  facts: RenewalFacts;
  model: Forecast;
  call: Call | null;
  data: RenewalRow;
}

/** A renewal of an account. */
export interface OwnedRenewal {
  readonly key: AccountKey;
  readonly renewal: KeptRenewal;
}

/** One kept change. */
export interface KeptChange {
  readonly key: AccountKey;
  readonly renewalId: string;
  readonly version: number;
  readonly at: Date;
  readonly entry: HistoryEntry;
}

/** Renewals as they are, and every change of them. */
@Injectable()
export class RenewalRepository {
  /** Open renewals by account name. */
  async open(tx: Tx, keys: readonly AccountKey[]): Promise<Map<string, KeptRenewal[]>> {
    const rows = await tx.query<Row>(
      `select r.* from renewals r
       join unnest($1::text[], $2::text[]) as k(tenant_id, account_id) using (tenant_id, account_id)
       where r.open order by r.renewal_id`,
      [keys.map((key) => key.tenantId), keys.map((key) => key.accountId)],
    );
    const named = rows.map((row) => ({ name: accountName(keyOf(row)), renewal: renewalOf(row) }));
    return new Map(
      [...Map.groupBy(named, ({ name }) => name)].map(([name, list]) => [name, list.map(({ renewal }) => renewal)]),
    );
  }

  /** Renewals that are kept already, open or not: the same contracts may come back to the same end. */
  async versions(tx: Tx, tenantIds: readonly string[], ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await tx.query<{ tenant_id: string; renewal_id: string; version: string }>(
      'select tenant_id, renewal_id, version from renewals where tenant_id = any($1) and renewal_id = any($2)',
      [tenantIds, ids],
    );
    return new Map(rows.map((row) => [`${row.tenant_id}:${row.renewal_id}`, Number(row.version)]));
  }

  async one(tx: Tx, tenantId: string, renewalId: string): Promise<OwnedRenewal | undefined> {
    const rows = await tx.query<Row>('select * from renewals where tenant_id = $1 and renewal_id = $2', [
      tenantId,
      renewalId,
    ]);
    const row = rows[0];
    return row && { key: keyOf(row), renewal: renewalOf(row) };
  }

  async save(tx: Tx, list: readonly OwnedRenewal[]): Promise<void> {
    if (list.length === 0) return;
    const column = <T>(value: (renewal: KeptRenewal) => T): T[] => list.map(({ renewal }) => value(renewal));
    await tx.query(
      `insert into renewals (tenant_id, account_id, renewal_id, version, open, decision_day, stage, category, owner_email,
         facts, model, call, data)
       select t, a, i, v, o, d, s, c, w, f::jsonb, m::jsonb, p::jsonb, r::jsonb
       from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::boolean[], $6::int[], $7::text[], $8::text[],
         $9::text[], $10::text[], $11::text[], $12::text[], $13::text[]) as n(t, a, i, v, o, d, s, c, w, f, m, p, r)
       on conflict (tenant_id, account_id, renewal_id) do update set version = excluded.version, open = excluded.open,
         decision_day = excluded.decision_day, stage = excluded.stage, category = excluded.category,
         owner_email = excluded.owner_email, facts = excluded.facts, model = excluded.model, call = excluded.call,
         data = excluded.data`,
      [
        list.map(({ key }) => key.tenantId),
        list.map(({ key }) => key.accountId),
        column((one) => one.renewalId),
        column((one) => one.version),
        column((one) => one.open),
        column((one) => one.facts.decisionDay),
        column((one) => one.row.stage),
        column((one) => one.row.category),
        column((one) => one.row.owner?.email ?? null),
        column((one) => JSON.stringify(one.facts)),
        column((one) => JSON.stringify(one.model)),
        column((one) => (one.call === null ? null : JSON.stringify(one.call))),
        column((one) => JSON.stringify(one.row)),
      ],
    );
  }

  async keepChanges(tx: Tx, list: readonly KeptChange[]): Promise<void> {
    if (list.length === 0) return;
    await tx.query(
      `insert into renewal_changes (tenant_id, account_id, renewal_id, version, at, by, why, before, after)
       select t, a, i, v, at, by, why, b::jsonb, n::jsonb
       from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[], $6::text[], $7::text[], $8::text[],
         $9::text[]) as r(t, a, i, v, at, by, why, b, n)`,
      [
        list.map(({ key }) => key.tenantId),
        list.map(({ key }) => key.accountId),
        list.map((one) => one.renewalId),
        list.map((one) => one.version),
        list.map((one) => one.at),
        list.map(({ entry }) => entry.by),
        list.map(({ entry }) => entry.why),
        list.map(({ entry }) => JSON.stringify(entry.before)),
        list.map(({ entry }) => JSON.stringify(entry.after)),
      ],
    );
  }
}

const keyOf = (row: Row): AccountKey => ({ tenantId: row.tenant_id, accountId: row.account_id });

function renewalOf(row: Row): KeptRenewal {
  const { facts, model, call, open } = row;
  return { renewalId: row.renewal_id, version: Number(row.version), open, facts, model, call, row: row.data };
}
