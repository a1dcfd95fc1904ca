import { type Envelope, type RiskAlert, roundedMinor, severities } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';

export class AlertRepository {
  /** Writes the alerts; answers the events that were newer than what was known. The accounts are locked. */
  async save(tx: Tx, events: readonly Envelope<RiskAlert>[]): Promise<Envelope<RiskAlert>[]> {
    const known = await this.versions(tx, events);
    const fresh = events.filter((event) => {
      const name = nameOf(event.tenantid, event.data.alertId);
      if (event.data.version <= (known.get(name) ?? 0)) return false;
      known.set(name, event.data.version);
      return true;
    });
    const latest = new Map(fresh.map((event) => [nameOf(event.tenantid, event.data.alertId), event]));
    if (latest.size > 0) await this.write(tx, [...latest.values()]);
    return fresh;
  }

  private async versions(tx: Tx, events: readonly Envelope<RiskAlert>[]): Promise<Map<string, number>> {
    const rows = await tx.query<{ tenant_id: string; alert_id: string; version: string }>(
      `select a.tenant_id, a.alert_id, a.version from alerts a
       join unnest($1::text[], $2::text[], $3::text[]) as k(tenant_id, account_id, alert_id) using (tenant_id, account_id, alert_id)`,
      [
        events.map((event) => event.tenantid),
        events.map((event) => event.subject),
        events.map((event) => event.data.alertId),
      ],
    );
    return new Map(rows.map((row) => [nameOf(row.tenant_id, row.alert_id), Number(row.version)]));
  }

  private async write(tx: Tx, events: readonly Envelope<RiskAlert>[]): Promise<void> {
    await tx.query(
      `insert into alerts as a (tenant_id, account_id, alert_id, version, status, signal, severity, summary, preexisting, test,
         since, arr_at_risk_minor, currency)
       select * from jsonb_to_recordset($1::jsonb) as r(tenant_id text, account_id text, alert_id text, version bigint,
         status text, signal text, severity int, summary text, preexisting boolean, test boolean, since timestamptz,
         arr_at_risk_minor bigint, currency text)
       on conflict (tenant_id, account_id, alert_id) do update set version = excluded.version, status = excluded.status,
         severity = excluded.severity, summary = excluded.summary, preexisting = excluded.preexisting,
         since = excluded.since, arr_at_risk_minor = excluded.arr_at_risk_minor, currency = excluded.currency`,
      [JSON.stringify(events.map(rowOf))],
    );
  }
}

function rowOf({ tenantid, subject, data }: Envelope<RiskAlert>) {
  const { arrAtRisk, currency } = data;
  return {
    tenant_id: tenantid,
    account_id: subject,
    alert_id: data.alertId,
    version: data.version,
    status: data.status,
    signal: data.signal,
    severity: severities.indexOf(data.severity),
    summary: data.summary,
    preexisting: data.preexisting,
    test: data.test,
    since: data.conditionSince,
    arr_at_risk_minor: arrAtRisk === null || currency === null ? null : roundedMinor(arrAtRisk, currency),
    currency,
  };
}

const nameOf = (tenant: string, alertId: string): string => `${tenant}:${alertId}`;
