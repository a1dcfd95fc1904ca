import { Injectable } from '@nestjs/common';
import type { AlertStatus, Severity } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';
import type { DigestAlert, DigestSettings } from './digest.domain';
import type { DueDigest } from './digest.repository';

interface SettingsRow {
  enabled: boolean;
  hour: number;
  email: string;
  time_zone: string;
  covered_until: Date;
}

interface AlertRow {
  alert_id: string;
  account_id: string;
  account_name: string | null;
  signal: string;
  severity: Severity;
  status: AlertStatus;
  summary: string;
  arr_at_risk: string | null;
  currency: string | null;
  url: string | null;
  preexisting: boolean;
  opened_at: Date;
  escalated_at: Date | null;
  resolved_at: Date | null;
}

/** Settings, and the time up to which digests have told everything. */
export interface KeptDigest extends DigestSettings {
  readonly coveredUntil: Date;
}

/** Reads what a digest is made of. */
@Injectable()
export class DigestReadModel {
  async settings(tx: Tx, { tenantId, personId }: DueDigest): Promise<KeptDigest | undefined> {
    const [row] = await tx.query<SettingsRow>(
      'select enabled, hour, email, time_zone, covered_until from digests where tenant_id = $1 and person_id = $2',
      [tenantId, personId],
    );
    if (!row) return undefined;
    const { enabled, hour, email, time_zone: timeZone, covered_until: coveredUntil } = row;
    return { enabled, hour, email, timeZone, coveredUntil };
  }

  async due(tx: Tx, now: Date, limit: number): Promise<DueDigest[]> {
    const rows = await tx.query<{ tenant_id: string; person_id: string }>(
      'select tenant_id, person_id from system.digests_due where due_at <= $1 order by due_at limit $2',
      [now, limit],
    );
    return rows.map((row) => ({ tenantId: row.tenant_id, personId: row.person_id }));
  }

  /** Alerts of the accounts that the person owns, and of those that nobody owns; open, or resolved since. */
  async alerts(tx: Tx, tenantId: string, email: string, since: Date): Promise<DigestAlert[]> {
    const rows = await tx.query<AlertRow>(
      `select alert_id, account_id, account_name, signal, severity, status, summary, arr_at_risk, currency, url,
         preexisting, opened_at, escalated_at, resolved_at from known_alerts
       where tenant_id = $1 and (owner_email = lower($2) or owner_email is null)
         and (resolved_at is null or resolved_at > $3)`,
      [tenantId, email, since],
    );
    return rows.map(alertOf);
  }
}

function alertOf(row: AlertRow): DigestAlert {
  return {
    alertId: row.alert_id,
    accountName: row.account_name ?? row.account_id,
    signal: row.signal,
    severity: row.severity,
    status: row.status,
    summary: row.summary,
    arrAtRisk: row.arr_at_risk === null ? null : Number(row.arr_at_risk),
    currency: row.currency,
    url: row.url,
    preexisting: row.preexisting,
    openedAt: row.opened_at,
    escalatedAt: row.escalated_at,
    resolvedAt: row.resolved_at,
  };
}
