import type { Band } from '@tenure/contracts';
import type { AccountKey, Tx } from '@tenure/platform';
import type { PortfolioFacts } from './portfolio-row.domain';

/** A score as it goes into the row. */
export interface RowScore extends AccountKey {
  readonly version: number;
  readonly score: number | null;
  readonly band: Band;
  readonly trend: number | null;
  readonly coverage: number;
}

const columns = (keys: readonly AccountKey[]) => [keys.map((key) => key.tenantId), keys.map((key) => key.accountId)];

/** Writes the one row per account that lists are read from. The accounts are locked. */
export class PortfolioRepository {
  async appear(tx: Tx, keys: readonly AccountKey[]): Promise<void> {
    await tx.query(
      `insert into portfolio (tenant_id, account_id, sort_name, search_text)
       select t, a, lower(a), lower(a) from unnest($1::text[], $2::text[]) as k(t, a) on conflict do nothing`,
      columns(keys),
    );
  }

  /** Those of the accounts that were neither merged away nor erased. */
  async living(tx: Tx, keys: readonly AccountKey[]): Promise<AccountKey[]> {
    const rows = await tx.query<{ tenant_id: string; account_id: string }>(
      `select a.tenant_id, a.account_id from accounts a
       join unnest($1::text[], $2::text[]) as k(tenant_id, account_id) using (tenant_id, account_id)
       where a.merged_into is null and (a.erased_at is null or exists (
         select from portfolio p where p.tenant_id = a.tenant_id and p.account_id = a.account_id))`,
      columns(keys),
    );
    return rows.map((row) => ({ tenantId: row.tenant_id, accountId: row.account_id }));
  }

  async save(tx: Tx, rows: readonly { key: AccountKey; facts: PortfolioFacts }[]): Promise<void> {
    await tx.query(
      `insert into portfolio as p (tenant_id, account_id, name, kind, segment, stage, owner_email, parent_id, time_zone,
         arr_minor, arr_major, currency, arr_source, decision_date, sort_name, search_text)
       select r."tenantId", r."accountId", r.name, r.kind, r.segment, r.stage, r."ownerEmail",
         nullif(coalesce(m.merged_into, r."parentId"), r."accountId"), r."timeZone", r."arrMinor", r."arrMajor", r.currency, r."arrSource",
         r."decisionDate", r."sortName", r."searchText"
       from jsonb_to_recordset($1::jsonb) as r("tenantId" text, "accountId" text, name text, kind text, segment text,
         stage text, "ownerEmail" text, "parentId" text, "timeZone" text, "arrMinor" bigint, "arrMajor" numeric,
         currency text, "arrSource" text, "decisionDate" date, "sortName" text, "searchText" text)
       left join accounts m on m.tenant_id = r."tenantId" and m.account_id = r."parentId"
       on conflict (tenant_id, account_id) do update set name = excluded.name, kind = excluded.kind,
         segment = excluded.segment, stage = excluded.stage, owner_email = excluded.owner_email,
         parent_id = excluded.parent_id, time_zone = excluded.time_zone, arr_minor = excluded.arr_minor,
         arr_major = excluded.arr_major, currency = excluded.currency, arr_source = excluded.arr_source,
         decision_date = excluded.decision_date, sort_name = excluded.sort_name, search_text = excluded.search_text`,
      [JSON.stringify(rows.map(({ key, facts }) => ({ ...key, ...facts })))],
    );
  }

  /** A score with an older or equal version changes nothing. */
  async saveScores(tx: Tx, scores: readonly RowScore[]): Promise<void> {
    await tx.query(
      `update portfolio p set score = r.score, band = r.band, trend = r.trend, coverage = r.coverage, score_version = r.version
       from jsonb_to_recordset($1::jsonb) as r("tenantId" text, "accountId" text, version bigint, score numeric, band text,
         trend numeric, coverage numeric)
       where p.tenant_id = r."tenantId" and p.account_id = r."accountId" and p.score_version < r.version`,
      [JSON.stringify(scores)],
    );
  }

  /** Counts the alerts that wait for somebody or are being worked on; snoozed ones and try-outs do not count. */
  async countAlerts(tx: Tx, keys: readonly AccountKey[]): Promise<void> {
    await tx.query(
      `update portfolio p set open_alerts = c.open_alerts, worst_severity = c.worst
       from (select k.tenant_id, k.account_id, count(a.alert_id)::int as open_alerts, max(a.severity) as worst
             from unnest($1::text[], $2::text[]) as k(tenant_id, account_id)
             left join alerts a on a.tenant_id = k.tenant_id and a.account_id = k.account_id
               and a.status in ('open', 'acknowledged') and not a.test
             group by k.tenant_id, k.account_id) c
       where p.tenant_id = c.tenant_id and p.account_id = c.account_id`,
      columns(keys),
    );
  }
}
