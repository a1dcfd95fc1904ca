import { type AlertSignal, fromMinor, type Severity, type TodayBody, type TodayItem } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';
import { dayFromIso, zonedDay } from '@tenure/scoring';
import { accountRow, portfolioColumns, type PortfolioRecord, severityOf } from '../accounts/accounts.read-model';
import { TenantsReadModel } from '../tenants/tenants.read-model';
import { rankAccounts, type Ranked, sentenceOf, type WaitingAccount, type WaitingAlert } from './ranking.domain';

interface AlertRecord {
  readonly account_id: string;
  readonly alert_id: string;
  readonly signal: AlertSignal;
  readonly severity: number;
  readonly summary: string;
  readonly since: Date;
  readonly preexisting: boolean;
  readonly arr_at_risk_minor: string | null;
  readonly currency: string | null;
}

interface TodayAccount extends WaitingAccount {
  readonly row: ReturnType<typeof accountRow>;
}

type AccountRecord = PortfolioRecord & { readonly arr_minor: string | null; readonly time_zone: string | null };

const atMost = 10;

/** The accounts that need somebody now: those with an alert that nobody has taken up. */
export class TodayReadModel {
  private readonly tenants = new TenantsReadModel();

  /** @param owner an address; undefined: everybody's accounts */
  async list(tx: Tx, tenantId: string, owner: string | undefined, now: Date): Promise<TodayBody> {
    const { timeZone } = await this.tenants.one(tx, tenantId);
    const rows = await this.accounts(tx, tenantId, owner);
    const alerts = Map.groupBy(await this.alerts(tx, tenantId), (alert) => alert.account_id);
    const waiting = rows.map((row): TodayAccount => {
      const today = zonedDay(now.getTime(), row.time_zone ?? timeZone);
      return {
        row: accountRow(row),
        accountId: row.account_id,
        arrMinor: row.arr_minor === null ? null : BigInt(row.arr_minor),
        currency: row.currency,
        daysToDecision: row.decision_day === null ? null : dayFromIso(row.decision_day) - today,
        alerts: (alerts.get(row.account_id) ?? []).map((alert) => waitingAlert(alert, row.currency)),
      };
    });
    const ranked = rankAccounts(waiting, await this.meanArr(tx, tenantId));
    const items = ranked.slice(0, atMost).map(todayItem);
    return { items, more: ranked.length - items.length, quiet: items.length === 0 };
  }

  private accounts(tx: Tx, tenantId: string, owner: string | undefined): Promise<AccountRecord[]> {
    return tx.query<AccountRecord>(
      `select ${portfolioColumns}, arr_minor, time_zone from portfolio p
       where tenant_id = $1 and merged_into is null and coalesce(kind, 'customer') not in ('internal', 'test')
         and ($2::text is null or coalesce(owner_email, '') = lower($2))
         and exists (select from alerts a where a.tenant_id = p.tenant_id and a.account_id = p.account_id
           and a.status = 'open' and not a.test)`,
      [tenantId, owner ?? null],
    );
  }

  private alerts(tx: Tx, tenantId: string): Promise<AlertRecord[]> {
    return tx.query<AlertRecord>(
      `select account_id, alert_id, signal, severity, summary, since, preexisting, arr_at_risk_minor, currency
       from alerts where tenant_id = $1 and status = 'open' and not test`,
      [tenantId],
    );
  }

  /** Per currency, over customers with ARR. */
  private async meanArr(tx: Tx, tenantId: string): Promise<Map<string, number>> {
    const rows = await tx.query<{ currency: string; mean: string }>(
      `select currency, avg(arr_minor) as mean from portfolio
       where tenant_id = $1 and merged_into is null and arr_minor > 0 and coalesce(kind, 'customer') = 'customer'
       group by currency`,
      [tenantId],
    );
    return new Map(rows.map((row) => [row.currency, Number(row.mean)]));
  }
}

function waitingAlert(alert: AlertRecord, currency: string | null): WaitingAlert & { signal: AlertSignal } {
  const sameMoney = alert.arr_at_risk_minor !== null && alert.currency === currency;
  return {
    alertId: alert.alert_id,
    signal: alert.signal,
    severity: severityOf(alert.severity) ?? ('info' satisfies Severity),
    summary: alert.summary,
    since: alert.since,
    preexisting: alert.preexisting,
    arrAtRiskMinor: sameMoney ? BigInt(alert.arr_at_risk_minor ?? 0) : null,
  };
}

function todayItem({ account, arrAtRiskMinor, alerts }: Ranked<TodayAccount>, index: number): TodayItem {
  const { accountId, name, arr, currency, score, band, trend, decisionDate, owner } = account.row;
  return {
    ...{ accountId, name, arr, currency, score, band, trend, decisionDate, owner },
    daysToDecision: account.daysToDecision,
    rank: index + 1,
    arrAtRisk: arrAtRiskMinor === null || currency === null ? null : fromMinor(arrAtRiskMinor, currency),
    reasons: alerts.slice(0, 3).map((alert) => ({
      alertId: alert.alertId,
      signal: alert.signal as AlertSignal,
      severity: alert.severity,
      sentence: sentenceOf(alert),
      since: alert.since.toISOString(),
      preexisting: alert.preexisting,
    })),
    alertIds: alerts.map((alert) => alert.alertId),
  };
}
