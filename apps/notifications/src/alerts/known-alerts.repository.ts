import { Injectable } from '@nestjs/common';
import type { Envelope, RiskAlert } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

/** Folds the changes of alerts: the highest version wins, in whatever order they come. */
@Injectable()
export class KnownAlertsRepository {
  async fold(tx: Tx, batch: readonly Envelope<RiskAlert>[]): Promise<void> {
    if (batch.length === 0) return;
    await tx.query(
      `insert into known_alerts as k (tenant_id, account_id, alert_id, version, status, severity, signal, summary,
         account_name, owner_email, arr_at_risk, currency, url, preexisting, opened_at, escalated_at, resolved_at)
       select r."tenantId", r."accountId", r."alertId", r.version, r.status, r.severity, r.signal, r.summary,
         r."accountName", lower(r."ownerEmail"), r."arrAtRisk", r.currency, r.url, r.preexisting, r."openedAt",
         r."escalatedAt", r."resolvedAt"
       from jsonb_to_recordset($1::jsonb) as r("tenantId" text, "accountId" text, "alertId" text, version bigint,
         status text, severity text, signal text, summary text, "accountName" text, "ownerEmail" text,
         "arrAtRisk" numeric, currency text, url text, preexisting boolean, "openedAt" timestamptz,
         "escalatedAt" timestamptz, "resolvedAt" timestamptz)
       on conflict (tenant_id, account_id, alert_id) do update set version = excluded.version,
         status = excluded.status, severity = excluded.severity, summary = excluded.summary,
         account_name = excluded.account_name, owner_email = excluded.owner_email,
         arr_at_risk = excluded.arr_at_risk, currency = excluded.currency, url = excluded.url,
         escalated_at = coalesce(excluded.escalated_at, k.escalated_at), resolved_at = excluded.resolved_at
       where excluded.version > k.version`,
      [JSON.stringify(newest(batch))],
    );
  }

  /** Removes an account's alerts; those that were opened until `at` are not taken again. */
  async forgetAccount(tx: Tx, tenantId: string, accountId: string, at: string): Promise<void> {
    await tx.query('delete from known_alerts where tenant_id = $1 and account_id = $2', [tenantId, accountId]);
    await tx.query(
      `insert into forgotten_accounts as f (tenant_id, account_id, forgotten_at) values ($1, $2, $3)
       on conflict (tenant_id, account_id) do update set forgotten_at = greatest(f.forgotten_at, excluded.forgotten_at)`,
      [tenantId, accountId, at],
    );
  }

  /**
   * The batch without alerts of deleted accounts: the one that ends them is published after the deletion. Alerts that
   * were opened since are another's, who has the same id now.
   */
  async withoutForgotten(tx: Tx, batch: readonly Envelope<RiskAlert>[]): Promise<Envelope<RiskAlert>[]> {
    const rows = await tx.query<{ tenant_id: string; account_id: string; forgotten_at: Date }>(
      `select tenant_id, account_id, forgotten_at from forgotten_accounts
       where tenant_id = any($1::text[]) and account_id = any($2::text[])`,
      [tx.tenants, [...new Set(batch.map((event) => event.data.accountId))]],
    );
    const forgotten = new Map(rows.map((row) => [`${row.tenant_id}\n${row.account_id}`, row.forgotten_at.getTime()]));
    return batch.filter(({ tenantid, data }) => {
      const at = forgotten.get(`${tenantid}\n${data.accountId}`);
      return at === undefined || Date.parse(data.openedAt) > at;
    });
  }

  /** Removes what was resolved long ago. */
  async forget(tx: Tx, tenantId: string, before: Date): Promise<void> {
    await tx.query('delete from known_alerts where tenant_id = $1 and resolved_at < $2', [tenantId, before]);
  }
}

type FoldRow = ReturnType<typeof rowOf>;

/** One row for each alert: a statement may touch a row only once. An escalation inside the batch is kept. */
function newest(batch: readonly Envelope<RiskAlert>[]): FoldRow[] {
  const rows = new Map<string, FoldRow>();
  for (const event of batch.toSorted((one, other) => one.data.version - other.data.version)) {
    const row = rowOf(event);
    const key = `${row.tenantId}\n${row.accountId}\n${row.alertId}`;
    rows.set(key, { ...row, escalatedAt: row.escalatedAt ?? rows.get(key)?.escalatedAt ?? null });
  }
  return [...rows.values()];
}

function rowOf({ tenantid, data }: Envelope<RiskAlert>) {
  return {
    tenantId: tenantid,
    accountId: data.accountId,
    alertId: data.alertId,
    version: data.version,
    status: data.status,
    severity: data.severity,
    signal: data.signal,
    summary: data.summary,
    accountName: data.accountName,
    ownerEmail: data.owner?.email ?? null,
    arrAtRisk: data.arrAtRisk,
    currency: data.currency,
    url: data.url,
    preexisting: data.preexisting,
    openedAt: data.openedAt,
    escalatedAt: data.change === 'escalated' ? data.updatedAt : null,
    resolvedAt: data.status === 'resolved' ? data.updatedAt : null,
  };
}
