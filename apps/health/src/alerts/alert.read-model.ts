import { Injectable } from '@nestjs/common';
import type { RiskAlert } from '@tenure/contracts';
import { decodeCursor, type Page, pageOf, type Tx } from '@tenure/platform';

/** Which alerts, newest change first. */
export interface AlertFilter {
  readonly status?: readonly string[];
  readonly accountId?: string;
  readonly signal?: readonly string[];
  readonly severity?: readonly string[];
  readonly limit: number;
  readonly cursor?: string;
}

interface Row {
  data: RiskAlert;
  updated_at: Date;
  alert_id: string;
}

/** Lists of alerts. */
@Injectable()
export class AlertReadModel {
  async list(tx: Tx, tenantId: string, filter: AlertFilter): Promise<Page<RiskAlert>> {
    const [updated, id] = decodeCursor(filter.cursor, 2) ?? [null, null];
    const rows = await tx.query<Row>(
      `select data, updated_at, alert_id from alerts
       where tenant_id = $1
         and ($2::text[] is null or status = any($2)) and ($3::text is null or account_id = $3)
         and ($4::text[] is null or signal = any($4)) and ($5::text[] is null or severity = any($5))
         and ($6::timestamptz is null or (updated_at, alert_id) < ($6, $7::uuid))
       order by updated_at desc, alert_id desc limit $8`,
      [
        tenantId,
        filter.status ?? null,
        filter.accountId ?? null,
        filter.signal ?? null,
        filter.severity ?? null,
        updated,
        id,
        filter.limit + 1,
      ],
    );
    const page = pageOf(rows, filter.limit, (row) => [row.updated_at.toISOString(), row.alert_id]);
    return { ...page, items: page.items.map((row) => row.data) };
  }

  async one(tx: Tx, tenantId: string, alertId: string): Promise<RiskAlert | undefined> {
    const rows = await tx.query<{ data: RiskAlert }>(
      'select data from alerts where tenant_id = $1 and alert_id::text = lower($2)',
      [tenantId, alertId],
    );
    return rows[0]?.data;
  }
}
