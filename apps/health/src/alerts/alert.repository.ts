import { Injectable } from '@nestjs/common';
import type { RiskAlert } from '@tenure/contracts';
import type { Tx } from '@tenure/platform';
import type { AlertState } from '@tenure/scoring';

/** How to take a person's last action back. */
export interface Undo {
  readonly state: AlertState;
  readonly by: string;
  readonly at: number;
}

/** An alert as it is kept. */
export interface StoredAlert {
  readonly alertId: string;
  readonly accountId: string;
  readonly state: AlertState;
  readonly data: RiskAlert;
  readonly undo: Undo | null;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Single alerts, for what people do to them. */
@Injectable()
export class AlertRepository {
  async find(tx: Tx, tenantId: string, alertId: string): Promise<StoredAlert | undefined> {
    if (!uuid.test(alertId)) return undefined;
    const rows = await tx.query<{
      alert_id: string;
      account_id: string;
      state: AlertState;
      data: RiskAlert;
      undo: Undo | null;
    }>('select alert_id, account_id, state, data, undo from alerts where tenant_id = $1 and alert_id = $2', [
      tenantId,
      alertId,
    ]);
    const row = rows[0];
    return (
      row && { alertId: row.alert_id, accountId: row.account_id, state: row.state, data: row.data, undo: row.undo }
    );
  }

  async save(tx: Tx, tenantId: string, alert: StoredAlert): Promise<void> {
    await tx.query(
      `update alerts set status = $3, severity = $4, version = $5, updated_at = $6, state = $7, data = $8, undo = $9
       where tenant_id = $1 and alert_id = $2`,
      [
        tenantId,
        alert.alertId,
        alert.state.status,
        alert.state.severity,
        alert.state.version,
        new Date(alert.state.updatedAt),
        alert.state,
        alert.data,
        alert.undo,
      ],
    );
  }

  async feedback(tx: Tx, tenantId: string, alertId: string, feedback: object): Promise<void> {
    await tx.query('update alerts set feedback = $3 where tenant_id = $1 and alert_id = $2', [
      tenantId,
      alertId,
      feedback,
    ]);
  }
}
