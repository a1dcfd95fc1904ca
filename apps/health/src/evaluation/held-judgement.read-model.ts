import { Injectable } from '@nestjs/common';
import type { RiskAlert } from '@tenure/contracts';
import { type AccountKey, accountName, type Tx } from '@tenure/platform';
import type { AlertState, SignalMemory, SignalName } from '@tenure/scoring';

import type { HeldAlert, HeldScore, HotState } from '../history/hot-state.domain';
import { OverrideReadModel } from '../opinions/override.read-model';

/** What was decided about an account so far. */
export type HeldJudgement = Pick<
  HotState,
  'signals' | 'alerts' | 'score' | 'override' | 'scoreVersion' | 'importing' | 'evaluatedAt'
>;

interface Named {
  tenant_id: string;
  account_id: string;
}

interface AccountRow extends Named {
  importing: boolean;
  evaluated_at: Date | null;
  health: HeldScore | null;
  health_version: string;
}

interface SignalRow extends Named {
  signal: SignalName;
  state: SignalMemory;
}

interface AlertRow extends Named {
  signal: SignalName;
  alert_id: string;
  state: AlertState;
  data: RiskAlert;
}

/** Reads signals, newest alerts and the last score of accounts. */
@Injectable()
export class HeldJudgementReadModel {
  constructor(private readonly overrides: OverrideReadModel) {}

  async load(tx: Tx, keys: readonly AccountKey[]): Promise<Map<string, HeldJudgement>> {
    const parameters = [keys.map((key) => key.tenantId), keys.map((key) => key.accountId)];
    const wanted = 'join unnest($1::text[], $2::text[]) as k(tenant_id, account_id) using (tenant_id, account_id)';
    const accountRows = tx.query<AccountRow>(
      `select r.tenant_id, r.account_id, r.importing, r.evaluated_at, r.health, r.health_version from accounts r ${wanted}`,
      parameters,
    );
    const signalRows = tx.query<SignalRow>(`select r.* from signal_states r ${wanted}`, parameters);
    const alertRows = tx.query<AlertRow>(
      `select distinct on (r.tenant_id, r.account_id, r.signal) r.tenant_id, r.account_id, r.signal, r.alert_id, r.state, r.data
       from alerts r ${wanted} order by r.tenant_id, r.account_id, r.signal, r.opened_at desc`,
      parameters,
    );
    const [accounts, signals, alerts, overrides] = await Promise.all([
      accountRows,
      signalRows,
      alertRows,
      this.overrides.load(tx, keys),
    ]);
    const signalsBy = Map.groupBy(signals, nameOf);
    const alertsBy = Map.groupBy(alerts, nameOf);
    return new Map(
      accounts.map((row) => [
        nameOf(row),
        {
          ...judgement(row, signalsBy.get(nameOf(row)) ?? [], alertsBy.get(nameOf(row)) ?? []),
          override: overrides.get(nameOf(row)) ?? null,
        },
      ]),
    );
  }
}

function judgement(
  account: AccountRow,
  signals: readonly SignalRow[],
  alerts: readonly AlertRow[],
): Omit<HeldJudgement, 'override'> {
  const held = (row: AlertRow): HeldAlert => ({ alertId: row.alert_id, state: row.state, data: row.data });
  return {
    importing: account.importing,
    evaluatedAt: account.evaluated_at?.getTime() ?? null,
    score: account.health,
    scoreVersion: Number(account.health_version),
    signals: Object.fromEntries(signals.map((row) => [row.signal, row.state])),
    alerts: Object.fromEntries(alerts.map((row) => [row.signal, held(row)])),
  };
}

function nameOf(row: Named): string {
  return accountName({ tenantId: row.tenant_id, accountId: row.account_id });
}
